import Foundation
import SquallMath
import SquallRoads
import SquallScene
import Testing

@Suite struct RoadsSampleTests {
    @Test(arguments: RoadFiles.samples) func loadsAndMeshes(_ name: String) throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.sample(name))
        let meshes = network.meshes()
        #expect(meshes.triangleCount > 20)
        #expect(meshes.triangleCount < 400_000)
        #expect(meshes.pieces.contains { $0.material == .asphalt })
        #expect(meshes.pieces.contains { $0.material == .markingWhite })
    }

    @Test func straightRoadPoses() throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.sample("straight_500m"))
        #expect(network.roadIDs == ["1"])
        #expect(network.length(ofRoad: "1") == 500)
        #expect(network.lanes(ofRoad: "1", at: 10).map(\.id) == [3, 2, 1, 0, -1, -2, -3])
        let right = try #require(network.pose(of: LanePosition(road: "1", lane: -1, s: 100)))
        #expect((right.position - Vec3(100, -1.535, 0)).length < 1e-9)
        #expect(abs(right.rotation.yaw) < 1e-12)
        let left = try #require(network.pose(of: LanePosition(road: "1", lane: 1, s: 100, left: 0.5)))
        #expect((left.position - Vec3(100, 1.035, 0)).length < 1e-9)
        #expect(abs(abs(left.rotation.yaw) - .pi) < 1e-9)
        #expect(network.travel(from: LanePosition(road: "1", lane: 1, s: 100), by: 30) == LanePosition(road: "1", lane: 1, s: 70))
        #expect(network.travel(from: LanePosition(road: "1", lane: -1, s: 490), by: 30) == nil)
        let found = try #require(network.locate(Vec2(200, 1), within: 1))
        #expect(found.lane == 1 && abs(found.s - 200) < 1e-9 && abs(found.left - 0.535) < 1e-9)
    }

    /// Every drivable lane of every sample can be driven in 1 m steps without a jump in place or heading.
    @Test(arguments: RoadFiles.samples) func drivesFromEndToEnd(_ name: String) throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.sample(name))
        for road in network.roadIDs {
            let length = try #require(network.length(ofRoad: road))
            for lane in network.lanes(ofRoad: road, at: 0) where lane.type == "driving" && lane.id != 0 {
                var position = LanePosition(road: road, lane: lane.id, s: lane.direction > 0 ? 0 : length)
                var pose = try #require(network.pose(of: position))
                var driven = 0.0
                while let next = network.travel(from: position, by: 1), driven < 3000 {
                    let there = try #require(network.pose(of: next))
                    let step = (there.position - pose.position).length
                    #expect(step < 1.02 && step > 0.95, "\(road) \(lane.id) \(position) \(next): \(step)")
                    #expect(abs(wrapAngle(there.rotation.yaw - pose.rotation.yaw)) < 0.2, "\(position) \(next)")
                    (position, pose, driven) = (next, there, driven + 1)
                }
                #expect(driven >= (length - 2) * 0.9)
            }
        }
    }
}
