/// The one semantic table, and how its classes are called elsewhere.
///
/// Numbers are in every picture, cloud and annotation written so far: they never change, and new classes are added at the end. Where two formats
/// draw the line differently, both sides have a class: a wheelchair is a pedestrian to nuScenes, a cone and a temporary barrier are objects of their own there,
/// and bridges, tunnels and fences are classes of Cityscapes.
public enum Category: UInt8, Sendable, CaseIterable, Codable {
    case unlabeled = 0
    case sky, road, laneMarking, sidewalk, terrain, vegetation, building, wall, guardRail, pole, trafficSign, trafficLight
    case car, van, truck, bus, motorcycle, bicycle, person, rider, animal, debris, object
    case tram, bridge, tunnel, fence, wheelchair, stroller, trafficCone, barrier, wheeledBin

    /// Every name a dataset format needs; nil where the format has no such class.
    public struct Names: Sendable {
        public var name: String
        public var cityscapes: (id: UInt8, name: String)
        /// A class of its lidar segmentation; those of movable objects, people, animals and vehicles are its detection classes too.
        public var nuScenes: String
        /// KITTI's Misc are road users without a class of their own (trailers, Segways), not what stands or lies about.
        public var kitti: String?
        public var coco: String?
        /// Shown in semantic pictures, the Cityscapes palette where it has the class.
        public var color: RGB8
    }

    public var names: Names { Self.table[Int(rawValue)] }

    private static let table: [Names] = [
        Names(name: "unlabeled", cityscapes: (0, "unlabeled"), nuScenes: "noise", kitti: nil, coco: nil, color: RGB8(0, 0, 0)),
        Names(name: "sky", cityscapes: (23, "sky"), nuScenes: "noise", kitti: nil, coco: nil, color: RGB8(70, 130, 180)),
        Names(name: "road", cityscapes: (7, "road"), nuScenes: "flat.driveable_surface", kitti: nil, coco: nil, color: RGB8(128, 64, 128)),
        Names(name: "lane_marking", cityscapes: (7, "road"), nuScenes: "flat.driveable_surface", kitti: nil, coco: nil, color: RGB8(235, 235, 235)),
        Names(name: "sidewalk", cityscapes: (8, "sidewalk"), nuScenes: "flat.sidewalk", kitti: nil, coco: nil, color: RGB8(244, 35, 232)),
        Names(name: "terrain", cityscapes: (22, "terrain"), nuScenes: "flat.terrain", kitti: nil, coco: nil, color: RGB8(152, 251, 152)),
        Names(name: "vegetation", cityscapes: (21, "vegetation"), nuScenes: "static.vegetation", kitti: nil, coco: nil, color: RGB8(107, 142, 35)),
        Names(name: "building", cityscapes: (11, "building"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(70, 70, 70)),
        Names(name: "wall", cityscapes: (12, "wall"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(102, 102, 156)),
        Names(name: "guard_rail", cityscapes: (14, "guard rail"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(180, 165, 180)),
        Names(name: "pole", cityscapes: (17, "pole"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(153, 153, 153)),
        Names(name: "traffic_sign", cityscapes: (20, "traffic sign"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(220, 220, 0)),
        Names(name: "traffic_light", cityscapes: (19, "traffic light"), nuScenes: "static.manmade", kitti: nil, coco: "traffic light", color: RGB8(250, 170, 30)),
        Names(name: "car", cityscapes: (26, "car"), nuScenes: "vehicle.car", kitti: "Car", coco: "car", color: RGB8(0, 0, 142)),
        Names(name: "van", cityscapes: (26, "car"), nuScenes: "vehicle.car", kitti: "Van", coco: "car", color: RGB8(0, 0, 192)),
        Names(name: "truck", cityscapes: (27, "truck"), nuScenes: "vehicle.truck", kitti: "Truck", coco: "truck", color: RGB8(0, 0, 70)),
        Names(name: "bus", cityscapes: (28, "bus"), nuScenes: "vehicle.bus.rigid", kitti: "Misc", coco: "bus", color: RGB8(0, 60, 100)),
        Names(name: "motorcycle", cityscapes: (32, "motorcycle"), nuScenes: "vehicle.motorcycle", kitti: "Misc", coco: "motorcycle", color: RGB8(0, 0, 230)),
        Names(name: "bicycle", cityscapes: (33, "bicycle"), nuScenes: "vehicle.bicycle", kitti: "Misc", coco: "bicycle", color: RGB8(119, 11, 32)),
        Names(name: "person", cityscapes: (24, "person"), nuScenes: "human.pedestrian.adult", kitti: "Pedestrian", coco: "person", color: RGB8(220, 20, 60)),
        Names(name: "rider", cityscapes: (25, "rider"), nuScenes: "human.pedestrian.adult", kitti: "Cyclist", coco: "person", color: RGB8(255, 0, 0)),
        Names(name: "animal", cityscapes: (5, "dynamic"), nuScenes: "animal", kitti: "Misc", coco: nil, color: RGB8(160, 90, 40)),
        Names(name: "debris", cityscapes: (5, "dynamic"), nuScenes: "movable_object.debris", kitti: nil, coco: nil, color: RGB8(111, 74, 0)),
        Names(name: "object", cityscapes: (4, "static"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(81, 0, 81)),
        // Cityscapes' train is whatever runs on rails; KITTI and COCO have a word for it, nuScenes drives where there are none.
        Names(name: "tram", cityscapes: (31, "train"), nuScenes: "vehicle.bus.bendy", kitti: "Tram", coco: "train", color: RGB8(0, 80, 100)),
        Names(name: "bridge", cityscapes: (15, "bridge"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(150, 100, 100)),
        Names(name: "tunnel", cityscapes: (16, "tunnel"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(150, 120, 90)),
        Names(name: "fence", cityscapes: (13, "fence"), nuScenes: "static.manmade", kitti: nil, coco: nil, color: RGB8(190, 153, 153)),
        // Cityscapes' dynamic is what may be gone the next day: movable bins, buggies, wheelchairs.
        Names(name: "wheelchair", cityscapes: (5, "dynamic"), nuScenes: "human.pedestrian.wheelchair", kitti: "Misc", coco: nil, color: RGB8(190, 80, 160)),
        Names(name: "stroller", cityscapes: (5, "dynamic"), nuScenes: "human.pedestrian.stroller", kitti: "Misc", coco: nil, color: RGB8(230, 130, 190)),
        Names(name: "traffic_cone", cityscapes: (5, "dynamic"), nuScenes: "movable_object.trafficcone", kitti: nil, coco: nil, color: RGB8(255, 110, 0)),
        Names(name: "barrier", cityscapes: (5, "dynamic"), nuScenes: "movable_object.barrier", kitti: nil, coco: nil, color: RGB8(255, 200, 120)),
        Names(name: "wheeled_bin", cityscapes: (5, "dynamic"), nuScenes: "movable_object.pushable_pullable", kitti: nil, coco: nil, color: RGB8(60, 120, 90)),
    ]
}
