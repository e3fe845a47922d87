import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRun
import Testing

/// One frame's labels agree with each other: boxes with masks, masks with lone silhouettes, lidar points with boxes and masks.
@Suite struct AgreementTests {
    @Test("boxes are the extents of masks, and the amodal ones hold them") func boxesFitMasks() throws {
        for shot in try DemoEpisode.taken.get().shots {
            let labels = shot.front.labels
            let extents = Self.extents(labels.instance)
            #expect(Set(labels.objects.filter { $0.visiblePixels > 0 }.map(\.id)) == Set(extents.keys), "\(shot.place): an object of the picture has no entry")
            for object in labels.objects {
                let place = "\(shot.place), object \(object.id)"
                #expect(object.visibleBox == extents[object.id]?.box, "\(place)")
                #expect(object.visiblePixels == extents[object.id]?.count ?? 0, "\(place)")
                #expect(object.visiblePixels <= object.lonePixels, "\(place)")
                #expect((0...1).contains(object.visibleShare) && (0...1).contains(object.truncation) && (0...1).contains(object.transmittance), "\(place)")
                guard let seen = object.visibleBox else { continue }
                let full = try #require(object.fullBox, "\(place)")
                #expect(full.left <= seen.left && full.top <= seen.top && full.right >= seen.right && full.bottom >= seen.bottom, "\(place)")
            }
        }
    }

    @Test("depth, semantics and ids stop at the same surface") func layersAgree() throws {
        for shot in try DemoEpisode.taken.get().shots {
            let (labels, truth) = (shot.front.labels, shot.front)
            let wrong = labels.instance.pixels.indices.filter { i in
                let index = truth.visibility.instance[i]
                guard index != VisibilityBuffer.nothing else {
                    return labels.depth.pixels[i] != .infinity || labels.instance.pixels[i] != 0 || labels.semantic.pixels[i] != Category.sky.rawValue
                }
                let seen = truth.here.instances[Int(index)]
                return !(labels.depth.pixels[i] > 0.05 && labels.depth.pixels[i].isFinite) || labels.instance.pixels[i] != seen.object || labels.semantic.pixels[i] != seen.category
            }
            #expect(wrong.isEmpty, "\(shot.place): \(wrong.count) pixels, the first \(wrong.first ?? 0)")
        }
    }

    /// A turn takes a tenth of a second, in which a car moves 2 m: each point is compared with the box where it was when the point was
    /// taken, at the velocity of the label. Range noise and mirrors (which the box leaves out) get a quarter of a metre.
    @Test("lidar points lie in the boxes of their objects") func pointsInBoxes() throws {
        var judged = 0
        for shot in try DemoEpisode.taken.get().shots {
            let points = Self.surfacePoints(shot.frame)
            for object in shot.frame.objects {
                let own = points.filter { $0.instance == object.id }
                guard own.count >= 20 else { continue }
                let box = OrientedBox(pose: object.box.pose, size: object.box.size + Vec3(repeating: 0.5))
                let inside = own.count { box.contains($0.atStamp(object)) }
                #expect(inside * 100 >= own.count * 97, "\(shot.place): \(inside) of \(own.count) points in the box of object \(object.id)")
                judged += 1
            }
        }
        #expect(judged >= 4)
    }

    /// The lidar sits above the camera and looks through glass, so a few points behind a mask are seen past its object or through it.
    @Test("lidar points within a mask carry its id") func pointsInMasks() throws {
        var (same, all) = (0, 0)
        for shot in try DemoEpisode.taken.get().shots {
            let labels = shot.front.labels
            let cameraFromWorld = labels.pose.inverse
            let states = Dictionary(uniqueKeysWithValues: shot.frame.objects.map { ($0.id, $0) })
            for point in Self.surfacePoints(shot.frame) {
                let p = cameraFromWorld * (states[point.instance].map { point.atStamp($0) } ?? point.world)
                guard p.z > 0.5 else { continue }
                let pixel = labels.camera.project(p).pixel
                guard let id = Self.inner(labels.instance, Int(pixel.x.rounded(.down)), Int(pixel.y.rounded(.down))), id != 0 else { continue }
                all += 1
                if id == point.instance { same += 1 }
            }
        }
        #expect(all >= 200, "only \(all) points fall into masks")
        #expect(same * 10 >= all * 9, "\(same) of \(all) points carry the id of the mask they fall into")
    }

    private struct Point {
        var world: Vec3
        var seconds: Double
        var instance: UInt16

        /// Where the surface was at the stamp: carried back with its object.
        func atStamp(_ object: ObjectState) -> Vec3 {
            let center = object.box.pose.position
            let arm = world - (center + object.velocity * seconds)
            return center + arm - cross(object.angularVelocity, arm) * seconds
        }
    }

    private static func surfacePoints(_ frame: Frame) -> [Point] {
        frame.lidars.flatMap { turn in
            turn.points.filter { $0.cause == ReturnCause.surface.rawValue }
                .map { Point(world: turn.pose * Vec3($0.position), seconds: Double($0.timeOffset) * 1e-9, instance: $0.instance) }
        }
    }

    /// The id of a pixel whose neighbours within three pixels all have it; nil near a border.
    private static func inner(_ ids: Image<UInt16>, _ x: Int, _ y: Int) -> UInt16? {
        guard x >= 3, y >= 3, x + 3 < ids.width, y + 3 < ids.height else { return nil }
        let id = ids[x, y]
        return (y - 3...y + 3).allSatisfy { row in (x - 3...x + 3).allSatisfy { ids[$0, row] == id } } ? id : nil
    }

    private static func extents(_ ids: Image<UInt16>) -> [UInt16: (box: Box2D, count: Int)] {
        var result: [UInt16: (box: Box2D, count: Int)] = [:]
        for y in 0..<ids.height {
            for x in 0..<ids.width where ids[x, y] != 0 {
                let (left, top) = (Double(x), Double(y))
                var entry = result[ids[x, y]] ?? (Box2D(left: left, top: top, right: left, bottom: top), 0)
                entry.box = Box2D(
                    left: min(entry.box.left, left), top: min(entry.box.top, top), right: max(entry.box.right, left + 1), bottom: max(entry.box.bottom, top + 1))
                entry.count += 1
                result[ids[x, y]] = entry
            }
        }
        return result
    }
}
