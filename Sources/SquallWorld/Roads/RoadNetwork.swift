import SquallMath

/// A parsed OpenDRIVE network: geometry, lanes, links, marks, signals and objects.
public struct RoadNetwork: Sendable {
}
