import Foundation
import SquallFrames
import SquallScene
import Testing

/// Every thing has the class that it has in the datasets people train on.
@Suite struct ClassTests {
    /// What stands in files already: a number never gets another meaning.
    @Test("class numbers are those of the files written so far") func numbersAreStable() {
        let names = [
            "unlabeled", "sky", "road", "lane_marking", "sidewalk", "terrain", "vegetation", "building", "wall", "guard_rail", "pole", "traffic_sign", "traffic_light", "car", "van",
            "truck", "bus", "motorcycle", "bicycle", "person", "rider", "animal", "debris", "object", "tram", "bridge", "tunnel", "fence", "wheelchair", "stroller", "traffic_cone",
            "barrier", "wheeled_bin",
        ]
        #expect(Category.allCases.map(\.names.name) == names)
        #expect(Category.allCases.map { Int($0.rawValue) } == Array(names.indices))
        #expect(Set(Category.allCases.map { [$0.names.color.r, $0.names.color.g, $0.names.color.b] }).count == names.count, "two classes have one colour")
    }

    /// The official lists: cityscapesScripts' labels.py, nuScenes lidarseg, KITTI object, COCO 2017 (those of roads).
    @Test("the words other datasets get are words that they have") func wordsExist() {
        let cityscapes: [UInt8: String] = [
            0: "unlabeled", 4: "static", 5: "dynamic", 6: "ground", 7: "road", 8: "sidewalk", 9: "parking", 10: "rail track", 11: "building", 12: "wall", 13: "fence",
            14: "guard rail", 15: "bridge", 16: "tunnel", 17: "pole", 18: "polegroup", 19: "traffic light", 20: "traffic sign", 21: "vegetation", 22: "terrain", 23: "sky",
            24: "person", 25: "rider", 26: "car", 27: "truck", 28: "bus", 29: "caravan", 30: "trailer", 31: "train", 32: "motorcycle", 33: "bicycle",
        ]
        let nuScenes: Set<String> = Set(["noise", "animal"])
            .union(["adult", "child", "construction_worker", "personal_mobility", "police_officer", "stroller", "wheelchair"].map { "human.pedestrian.\($0)" })
            .union(["barrier", "debris", "pushable_pullable", "trafficcone"].map { "movable_object.\($0)" }).union(["static_object.bicycle_rack"])
            .union(
                ["bicycle", "bus.bendy", "bus.rigid", "car", "construction", "emergency.ambulance", "emergency.police", "motorcycle", "trailer", "truck", "ego"].map { "vehicle.\($0)" })
            .union(["driveable_surface", "sidewalk", "terrain", "other"].map { "flat.\($0)" }).union(["manmade", "vegetation", "other"].map { "static.\($0)" })
        let kitti: Set<String> = ["Car", "Van", "Truck", "Pedestrian", "Person_sitting", "Cyclist", "Tram", "Misc"]
        let coco: Set<String> = ["person", "bicycle", "car", "motorcycle", "bus", "train", "truck", "traffic light"]
        for category in Category.allCases {
            let names = category.names
            #expect(cityscapes[names.cityscapes.id] == names.cityscapes.name, "\(names.name)")
            #expect(nuScenes.contains(names.nuScenes), "\(names.name)")
            if let word = names.kitti { #expect(kitti.contains(word), "\(names.name)") }
            if let word = names.coco { #expect(coco.contains(word), "\(names.name)") }
        }
    }

    /// Class, and what Cityscapes (by id), nuScenes, KITTI and COCO call it, then the archetypes it holds for. Signs all are signs.
    private static let expected: [(category: SquallFrames.Category, cityscapes: UInt8, nuScenes: String, kitti: String?, coco: String?, archetypes: String)] = [
        (.car, 26, "vehicle.car", "Car", "car", "sedan hatchback estate suv police"),
        (.van, 26, "vehicle.car", "Van", "car", "van ambulance"),
        (.truck, 27, "vehicle.truck", "Truck", "truck", "pickup box_truck semi fire_engine"),
        (.bus, 28, "vehicle.bus.rigid", "Misc", "bus", "coach city_bus"),
        (.tram, 31, "vehicle.bus.bendy", "Tram", "train", "tram"),
        (.motorcycle, 32, "vehicle.motorcycle", "Misc", "motorcycle", "motorcycle scooter"),
        (.bicycle, 33, "vehicle.bicycle", "Misc", "bicycle", "bicycle"),
        (.wheelchair, 5, "human.pedestrian.wheelchair", "Misc", nil, "wheelchair"),
        (.stroller, 5, "human.pedestrian.stroller", "Misc", nil, "pram"),
        (.person, 24, "human.pedestrian.adult", "Pedestrian", "person", "adult child elder"),
        (.animal, 5, "animal", "Misc", nil, "deer boar dog cat cow horse"),
        (
            .vegetation, 21, "static.vegetation", nil, nil,
            "tree oak beech birch poplar spruce pine palm bare_tree bare_oak bare_beech bare_birch bare_poplar shrub bare_shrub hedge grass_tuft"
        ),
        (.building, 11, "static.manmade", nil, nil, "building apartment_block terraced_house detached_house shop_house office warehouse barn church bus_shelter"),
        (.bridge, 15, "static.manmade", nil, nil, "bridge"), (.tunnel, 16, "static.manmade", nil, nil, "tunnel_portal"),
        (.wall, 12, "static.manmade", nil, nil, "noise_barrier wall"), (.fence, 13, "static.manmade", nil, nil, "fence"),
        (.guardRail, 14, "static.manmade", nil, nil, "guard_rail concrete_barrier"),
        (.pole, 17, "static.manmade", nil, nil, "gantry lamp_post lamp_post_tall lamp_post_double lamp_post_park bollard delineator"),
        (.trafficLight, 19, "static.manmade", nil, "traffic light", "traffic_light traffic_light_arm pedestrian_light"),
        (.trafficCone, 5, "movable_object.trafficcone", nil, nil, "traffic_cone"), (.barrier, 5, "movable_object.barrier", nil, nil, "barricade work_beacon"),
        (.wheeledBin, 5, "movable_object.pushable_pullable", nil, nil, "waste_bin"),
        (.debris, 5, "movable_object.debris", nil, nil, "tyre pallet ladder rock branch fallen_tree cardboard_box barrel plank"),
        (.object, 4, "static.manmade", nil, nil, "bench litter_bin hydrant mailbox switch_box box"), (.unlabeled, 0, "noise", nil, nil, "nothing"),
    ]

    @Test("every archetype has its class, and one only") func archetypes() {
        var classes = Archetype.all.filter { $0.name == "sign" || $0.name.hasPrefix("sign_") }.reduce(into: [:]) { $0[$1.name] = Category.trafficSign }
        for row in Self.expected {
            let names = row.category.names
            #expect(names.cityscapes.id == row.cityscapes && names.nuScenes == row.nuScenes && names.kitti == row.kitti && names.coco == row.coco, "\(names)")
            for name in row.archetypes.split(separator: " ").map(String.init) {
                #expect(classes[name] == nil, "\(name) is listed twice")
                classes[name] = row.category
            }
        }
        for archetype in Archetype.all {
            #expect(classes[archetype.name] == archetype.category, "\(archetype.name) is \(archetype.category.names.name): give it its class here and in DATASETS.md")
        }
        #expect(classes.count == Archetype.all.count, "the list names what does not exist")
    }

    @Test("DATASETS.md has the table of classes") func pageIsCurrent() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let lines = try String(contentsOf: root.appendingPathComponent("DATASETS.md"), encoding: .utf8).split(separator: "\n")
        for category in Category.allCases {
            let names = category.names
            let row = "| \(category.rawValue) | \(names.name) | \(names.cityscapes.id) \(names.cityscapes.name) | \(names.nuScenes) | \(names.kitti ?? "") | \(names.coco ?? "") |"
            #expect(lines.contains { $0 == row }, "DATASETS.md lacks  \(row)")
        }
    }
}
