import Foundation
import SquallMath
import SquallWeather

/// The road surface under a point.
public struct SurfacePoint: Sendable, Equatable {
    /// World z, metres.
    public var height: Double
    /// Unit normal, upwards.
    public var normal: Vec3
    /// Rise per metre to the left of the reference line.
    public var crossSlope: Double
    /// Rise per metre along growing s.
    public var longitudinalSlope: Double
    public var laneType: LaneType
    /// Along the reference line and to its left, metres.
    public var s: Double
    public var t: Double
    /// OpenDRIVE lane id.
    public var lane: Int
    /// Row of the road in file order.
    public var road: Int
    /// The way water runs over the surface from the crown or high edge to this point.
    public var drainage: Drainage
}

extension RoadTables {
    /// The plane a cross-section lies in: height and slopes of the reference line, tilt of the section.
    struct Section: Sendable {
        var line: LineState
        var height: Double, climb: Double
        var tiltSine: Double, tiltCosine: Double, tiltRate: Double
        var fallLeft: Double, fallRight: Double
    }

    @inline(__always) func crossSection(ofRoad road: Int, at s: Double, line known: LineState? = nil) -> Section {
        let record = roads[road]
        let elevation = profile(record.elevation, at: s)
        var section = Section(
            line: known ?? line(ofRoad: road, at: s), height: elevation.value, climb: elevation.slope, tiltSine: 0, tiltCosine: 1, tiltRate: 0, fallLeft: 0,
            fallRight: 0
        )
        if record.superelevation.count > 0 {
            let tilt = profile(record.superelevation, at: s)
            let angle = tilt.value.clamped(to: -1.4...1.4)
            (section.tiltSine, section.tiltCosine, section.tiltRate) = (sin(angle), cos(angle), tilt.slope)
        }
        if record.crossfallLeft.count > 0 { section.fallLeft = tan(profile(record.crossfallLeft, at: s).value.clamped(to: -1...1)) }
        if record.crossfallRight.count > 0 { section.fallRight = tan(profile(record.crossfallRight, at: s).value.clamped(to: -1...1)) }
        return section
    }
}

extension RoadTables.Section {
    /// The world point at t on the road plane, `raise` above it.
    @inline(__always) func point(t: Double, raise: Double = 0) -> Vec3 {
        let plan = line.point + (t * tiltCosine) * line.tangent.left
        return Vec3(plan.x, plan.y, height + t * tiltSine - (t > 0 ? t * fallLeft : -t * fallRight) + raise)
    }
    /// Rise per metre of t, without lane heights.
    @inline(__always) func crossSlope(t: Double) -> Double { tiltSine - (t > 0 ? fallLeft : -fallRight) }

    /// Derivatives of the surface point by s (at constant t) and by t.
    @inline(__always) func derivatives(t: Double, raiseSlope: Double = 0) -> (bys: Vec3, byt: Vec3) {
        let normal = line.tangent.left
        let stretch = 1 - line.curvature * t * tiltCosine
        let along = stretch * line.tangent - (t * tiltSine * tiltRate) * normal
        let across = tiltCosine * normal
        return (Vec3(along.x, along.y, climb + t * tiltCosine * tiltRate), Vec3(across.x, across.y, crossSlope(t: t) + raiseSlope))
    }
}

extension RoadTables {
    /// World point on a lane's surface at (s, t), lane heights included.
    func surfacePoint(road: Int, section: Int, lane: Int, s: Double, t: Double) -> Vec3 {
        crossSection(ofRoad: road, at: s).point(t: t, raise: raise(road: road, section: section, lane: lane, s: s, t: t).value)
    }

    /// Height above the road plane at t within a lane, and its slope along t.
    @inline(__always) func raise(road: Int, section: Int, lane: Int, s: Double, t: Double) -> (value: Double, slope: Double) {
        let sunk = sink(road: road, section: section, lane: lane, s: s, t: t)
        guard lanes[lane].heights.count > 0 else { return (-sunk.value, -sunk.slope) }
        let (inner, outer) = raise(ofLane: lane, at: s)
        if inner == outer { return (inner - sunk.value, -sunk.slope) }
        let edge = edges(ofLane: lane, inSection: section, ofRoad: road, at: s)
        let width = edge.outer - edge.inner
        guard abs(width) > 1e-6 else { return (inner - sunk.value, -sunk.slope) }
        let slope = (outer - inner) / width
        return (inner + slope * (t - edge.inner) - sunk.value, slope - sunk.slope)
    }

    /// Everything about the surface at (s, t). `line` is the reference line at s, when the caller has it.
    func surface(road: Int, s: Double, t: Double, line: LineState? = nil) -> SurfacePoint {
        let index = section(ofRoad: road, at: s)
        let lane = lane(ofRoad: road, section: index, s: s, t: t)
        let cut = crossSection(ofRoad: road, at: s, line: line)
        let lift = raise(road: road, section: index, lane: lane, s: s, t: t)
        let d = cut.derivatives(t: t, raiseSlope: lift.slope)
        let normal = cross(d.bys, d.byt).normalized
        let across = d.byt.z / max(d.byt.xy.length, 1e-9)
        let climb = d.bys.z / max(d.bys.xy.length, 1e-9)
        let drain = drainage(road: road, section: index, s: s, t: t, cut, cross: across, climb: climb)
        return SurfacePoint(
            height: cut.point(t: t, raise: lift.value).z, normal: normal.z < 0 ? -normal : normal, crossSlope: across, longitudinalSlope: climb,
            laneType: lanes[lane].type, s: s, t: t, lane: Int(lanes[lane].id), road: road, drainage: drain)
    }

    /// Roads without a modelled cross slope are taken to be crowned like real ones.
    static let assumedCrossSlope = 0.02

    /// The flow path from the high edge (or crown) of the pavement to t: the cross distance stretched by the climb,
    /// as in Gallaway et al. 1979, `L = W sqrt(1 + (climb / cross)^2)`, `S = sqrt(cross^2 + climb^2)`.
    private func drainage(road: Int, section: Int, s: Double, t: Double, _ cut: Section, cross: Double, climb: Double) -> Drainage {
        let offset = profile(roads[road].laneOffset, at: s).value
        var (fall, distance) = (abs(cross), abs(t - offset))
        if fall < 0.002 {
            fall = RoadTables.assumedCrossSlope
        } else {
            let (left, right) = extent(ofRoad: road, at: s)
            let crowned = cut.crossSlope(t: offset + 1) < 0 && cut.crossSlope(t: offset - 1) > 0
            if !crowned { distance = cross > 0 ? left - t : t - right }
        }
        return WaterFilm.drainage(width: max(distance, 0.5), crossSlope: fall, longitudinalSlope: climb)
    }
}
