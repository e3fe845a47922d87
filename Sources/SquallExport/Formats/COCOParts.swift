import SquallFrames

/// What of an object COCO lists on its own: a ridden two-wheeler is a machine and a person there, everything else one thing.
///
/// COCO's own annotators draw a bicycle and its cyclist apart. Our ids do not part them, the class picture does: the person's pixels are `rider`.
struct COCOPart {
    var category: Category
    /// Holds the object's id where the part is seen.
    var ids: Image<UInt16>
    var box: Box2D
    var keypoints: [CameraKeypoint]

    /// The parts that show, the machine first; none for what is hidden.
    static func parts(of object: CameraObject, category: Category, in camera: CameraFrame) -> [COCOPart] {
        guard let box = object.visibleBox else { return [] }
        let isRidden = [.bicycle, .motorcycle].contains(category) && !object.keypoints.isEmpty && camera.semantic.width == camera.instance.width
        guard isRidden else { return [COCOPart(category: category, ids: camera.instance, box: box, keypoints: object.keypoints)] }
        var (machine, person) = (Image(width: camera.instance.width, height: camera.instance.height, filledWith: UInt16(0)), [Int]())
        for y in Int(box.top)..<Int(box.bottom) {
            for pixel in y * machine.width + Int(box.left)..<y * machine.width + Int(box.right) where camera.instance.pixels[pixel] == object.id {
                if camera.semantic.pixels[pixel] == Category.rider.rawValue { person.append(pixel) } else { machine.pixels[pixel] = object.id }
            }
        }
        var rider = Image(width: machine.width, height: machine.height, filledWith: UInt16(0))
        for pixel in person { rider.pixels[pixel] = object.id }
        return [(category, machine, []), (.rider, rider, object.keypoints)].compactMap { kind, ids, points in
            InstanceExtents(of: ids).all.first.map { COCOPart(category: kind, ids: ids, box: $0.box, keypoints: points.map { seen($0, on: ids) }) }
        }
    }

    /// A joint before which the machine stands is hidden, though its object is what is seen there.
    private static func seen(_ point: CameraKeypoint, on ids: Image<UInt16>) -> CameraKeypoint {
        let (x, y) = (Int(point.x), Int(point.y))
        guard point.visibility == .visible, x >= 0, y >= 0, x < ids.width, y < ids.height, ids[x, y] == 0 else { return point }
        return CameraKeypoint(x: point.x, y: point.y, visibility: .hidden)
    }
}
