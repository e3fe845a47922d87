/// What drives or rolls.
extension ProceduralAssets {
    static let vehicles: [String: any ProceduralAsset] = [
        "sedan": Sedan(), "hatchback": Hatchback(), "estate": Estate(), "suv": SUV(), "van": Van(), "pickup": Pickup(),
        "box_truck": BoxTruck(), "semi": Semi(), "coach": Coach(isCity: false), "city_bus": Coach(isCity: true), "tram": Tram(),
        "police": Police(), "ambulance": Ambulance(), "fire_engine": FireEngine(),
        "motorcycle": Motorcycle(), "scooter": Scooter(), "bicycle": Bicycle(), "wheelchair": Wheelchair(), "pram": Pram(),
    ]
}
