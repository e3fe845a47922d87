import Foundation
import SquallRoads

/// Where the committed road files are.
enum RoadFiles {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let samples = ["straight_500m", "curves_elevation", "simple_4way_intersection", "e6mini"]
    static func sample(_ name: String) -> String { root.appendingPathComponent("Scenes/roads/\(name).xodr").path }
    static func fixture(_ name: String) -> String { root.appendingPathComponent("Tests/Fixtures/\(name).xodr").path }
}

/// A minimal road file around a plan view, for closed forms.
func roadFile(
    _ geometry: String, length: Double, profile: String = "", lanes: String? = nil, attributes: String = "", link: String = "", extra: String = ""
) -> Data {
    let section =
        lanes
            ?? """
            <laneSection s="0"><left><lane id="1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></left>
            <center><lane id="0" type="none"/></center>
            <right><lane id="-1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></right></laneSection>
            """
    return Data(
        """
        <?xml version="1.0"?><OpenDRIVE><header revMajor="1" revMinor="6"/>
        <road id="1" junction="-1" length="\(length)" \(attributes)>\(link)<planView>\(geometry)</planView>\(profile)<lanes>\(section)</lanes>\(extra)</road></OpenDRIVE>
        """.utf8)
}
