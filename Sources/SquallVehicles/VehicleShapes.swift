import SquallAssets

/// What drives or rolls: bodies lofted from section curves, one file each. Must never know where things stand, how they move, light, sensors.
package enum VehicleShapes {
    /// By archetype name.
    package static let all: ShapeTable = [
        "sedan": Sedan(), "hatchback": Hatchback(), "estate": Estate(), "suv": SUV(), "van": Van(), "pickup": Pickup(),
        "box_truck": BoxTruck(), "semi": Semi(), "coach": Coach(isCity: false), "city_bus": Coach(isCity: true), "tram": Tram(),
        "police": Police(), "ambulance": Ambulance(), "fire_engine": FireEngine(),
        "motorcycle": Motorcycle(), "scooter": Scooter(), "bicycle": Bicycle(), "wheelchair": Wheelchair(), "pram": Pram(),
    ]
}
