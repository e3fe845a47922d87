import SquallFrames

/// Outlines of a mask along pixel edges: closed polygons whose filled area is exactly the mask, holes apart.
///
/// Polygons cannot hold holes in COCO; outer rings only, so areas may exceed the mask where it has holes. RLE is the exact form.
public enum MaskOutline {
    /// One flat `[x1, y1, x2, y2, ...]` list per connected outer ring (4-connected), corner coordinates, clockwise as seen.
    public static func polygons(of id: UInt16, in image: Image<UInt16>, window: Box2D) -> [[Double]] {
        let (x0, y0) = (max(0, Int(window.left)), max(0, Int(window.top)))
        let (x1, y1) = (min(image.width, Int(window.right.rounded(.up))), min(image.height, Int(window.bottom.rounded(.up))))
        guard x0 < x1, y0 < y1 else { return [] }
        let inside = { (x: Int, y: Int) in x >= x0 && x < x1 && y >= y0 && y < y1 && image.pixels[y * image.width + x] == id }
        var used = Array(repeating: false, count: (x1 - x0) * (y1 - y0))   // top edges already walked
        var rings: [[Double]] = []
        for y in y0..<y1 {
            for x in x0..<x1 where inside(x, y) && !inside(x, y - 1) && !used[(y - y0) * (x1 - x0) + x - x0] {
                let ring = walk(fromX: x, y: y, inside: inside) { used[($1 - y0) * (x1 - x0) + $0 - x0] = true }
                if signedArea(ring) > 0 { rings.append(ring) }
            }
        }
        return rings
    }

    /// Follows the edge with the mask on the right hand, starting eastwards along the top edge of pixel (x, y).
    private static func walk(fromX x: Int, y: Int, inside: (Int, Int) -> Bool, markTopEdge: (Int, Int) -> Void) -> [Double] {
        // Directions: 0 east, 1 south, 2 west, 3 north; `ahead` lists the pixels right and left of the next edge.
        let (dx, dy) = ([1, 0, -1, 0], [0, 1, 0, -1])
        var (cx, cy, direction) = (x, y, 0)
        var ring: [Double] = [Double(x), Double(y)]
        while true {
            if direction == 0 { markTopEdge(cx, cy) }
            (cx, cy) = (cx + dx[direction], cy + dy[direction])
            let (right, left) = sides(cx, cy, direction)
            let next: Int
            if !inside(right.0, right.1) { next = (direction + 1) % 4 } else if inside(left.0, left.1) { next = (direction + 3) % 4 } else { next = direction }
            // A ring may pass its first corner twice, where two pixels touch diagonally: only corner and direction together close it.
            if cx == x && cy == y && next == 0 { return ring }
            if next != direction { ring += [Double(cx), Double(cy)] }
            direction = next
        }
    }

    /// The pixels to the right and left of the edge that leaves corner (x, y) in a direction.
    private static func sides(_ x: Int, _ y: Int, _ direction: Int) -> (right: (Int, Int), left: (Int, Int)) {
        switch direction {
        case 0: return ((x, y), (x, y - 1))
        case 1: return ((x - 1, y), (x, y))
        case 2: return ((x - 1, y - 1), (x - 1, y))
        default: return ((x, y - 1), (x - 1, y - 1))
        }
    }

    /// Positive for rings clockwise on screen (y down).
    private static func signedArea(_ ring: [Double]) -> Double {
        var sum = 0.0
        let n = ring.count / 2
        for i in 0..<n {
            let j = (i + 1) % n
            sum += ring[2 * i] * ring[2 * j + 1] - ring[2 * j] * ring[2 * i + 1]
        }
        return sum / 2
    }
}
