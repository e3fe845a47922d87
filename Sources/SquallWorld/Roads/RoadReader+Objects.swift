import SquallMath

extension RoadReader {
    mutating func readFurniture(_ element: RoadElement, _ index: Int) {
        let place = "road \(names.roads[index])"
        for list in ["objects", "signals"] {
            guard let node = element.first(list), !node.children.isEmpty else { continue }
            notes.ignoreOthers(in: node, but: [], place)
        }
    }
}
