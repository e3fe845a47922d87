import Foundation
import SquallMath

/// Letters as strokes of constant width, drawn for road signs: upright, round corners, a seventh of the height thick. Units: the height of a
/// capital; x to the right, y up from the base line.
package enum Lettering {
    package static let thickness = 0.14
    private static let gap = 0.15

    /// Width of a text, capital heights.
    package static func width(_ text: String) -> Double { text.reduce(-gap) { $0 + glyph($1).width + gap } + thickness }

    /// Outlines of a text whose lower left corner is at the origin.
    package static func outlines(_ text: String) -> [[Vec2]] {
        var (x, result) = (thickness / 2, [[Vec2]]())
        for character in text {
            let glyph = glyph(character)
            for stroke in glyph.strokes {
                // Middle lines run half a thickness within the capital's height.
                let path = stroke.map { Vec2($0.x + x, thickness / 2 + $0.y * (1 - thickness)) }
                if let outline = Contour.stroke(path, width: thickness) { result.append(outline) }
            }
            x += glyph.width + gap
        }
        return result
    }

    private struct Glyph { var strokes: [[Vec2]], width: Double }

    private static func glyph(_ character: Character) -> Glyph { table[character] ?? Glyph(strokes: [], width: 0.28) }

    private static let table: [Character: Glyph] = paths.mapValues(parse)

    /// `M x y` starts a stroke, `L x y` goes straight on, `A cx cy rx ry from to` follows an ellipse between two angles in degrees.
    private static func parse(_ text: String) -> Glyph {
        let words = text.split(separator: " ")
        var (strokes, path, k) = ([[Vec2]](), [Vec2](), 0)
        let number = { (i: Int) -> Double in i < words.count ? Double(words[i]) ?? 0 : 0 }
        while k < words.count {
            switch words[k] {
            case "M":
                if path.count > 1 { strokes.append(path) }
                path = [Vec2(number(k + 1), number(k + 2))]
                k += 3
            case "L":
                path.append(Vec2(number(k + 1), number(k + 2)))
                k += 3
            case "A":
                let (c, r, from, to) = (Vec2(number(k + 1), number(k + 2)), Vec2(number(k + 3), number(k + 4)), number(k + 5), number(k + 6))
                let steps = max(3, Int(abs(to - from) / 18))
                for s in 0...steps {
                    let angle = lerp(from, to, Double(s) / Double(steps)) * .pi / 180
                    path.append(c + Vec2(r.x * cos(angle), r.y * sin(angle)))
                }
                k += 7
            default: k += 1
            }
        }
        if path.count > 1 { strokes.append(path) }
        return Glyph(strokes: strokes, width: strokes.joined().reduce(0) { max($0, $1.x) })
    }

    private static let paths: [Character: String] = [
        "0": "M 0 0.3 L 0 0.7 A 0.26 0.7 0.26 0.3 180 0 L 0.52 0.3 A 0.26 0.3 0.26 0.3 0 -180 L 0 0.32",
        "1": "M 0 0.76 L 0.24 1 L 0.24 0", "2": "A 0.25 0.73 0.25 0.27 175 -35 L 0 0 L 0.52 0",
        "3": "A 0.24 0.75 0.23 0.25 160 -90 L 0.18 0.5 M 0.24 0.5 A 0.24 0.26 0.27 0.26 90 -165", "4": "M 0.36 1 L 0 0.26 L 0.54 0.26 M 0.38 0.5 L 0.38 0",
        "5": "M 0.48 1 L 0.06 1 L 0.03 0.52 A 0.24 0.31 0.27 0.31 125 -160", "6": "M 0.40 1 A 0.45 0.33 0.45 0.66 100 180 A 0.26 0.3 0.26 0.3 180 -180",
        "7": "M 0 1 L 0.5 1 L 0.16 0", "8": "A 0.26 0.76 0.22 0.24 -90 270 M 0.26 0.52 A 0.26 0.26 0.26 0.26 90 450",
        "9": "M 0.12 0 A 0.07 0.67 0.45 0.66 -80 0 A 0.26 0.7 0.26 0.3 0 360",
        "A": "M 0 0 L 0.27 1 L 0.33 1 L 0.6 0 M 0.09 0.3 L 0.51 0.3",
        "B": "M 0.26 0.52 L 0 0.52 L 0 1 L 0.24 1 A 0.24 0.76 0.22 0.24 90 -90 L 0.26 0.52 A 0.26 0.26 0.26 0.26 90 -90 L 0 0 L 0 0.52",
        "C": "A 0.27 0.7 0.27 0.3 10 180 L 0 0.3 A 0.27 0.3 0.27 0.3 180 350", "D": "M 0 0 L 0 1 L 0.2 1 A 0.2 0.66 0.33 0.34 90 0 L 0.53 0.34 A 0.2 0.34 0.33 0.34 0 -90 L 0 0",
        "E": "M 0.45 1 L 0 1 L 0 0 L 0.45 0 M 0 0.52 L 0.4 0.52", "F": "M 0.44 1 L 0 1 L 0 0 M 0 0.5 L 0.38 0.5",
        "G": "A 0.27 0.7 0.27 0.3 20 180 L 0 0.3 A 0.27 0.3 0.27 0.3 180 360 L 0.54 0.45 L 0.3 0.45", "H": "M 0 0 L 0 1 M 0.53 0 L 0.53 1 M 0 0.52 L 0.53 0.52", "I": "M 0 0 L 0 1",
        "J": "M 0.36 1 L 0.36 0.25 A 0.13 0.25 0.23 0.25 0 -110", "K": "M 0 0 L 0 1 M 0.5 1 L 0.03 0.42 M 0.16 0.58 L 0.53 0", "L": "M 0 1 L 0 0 L 0.44 0",
        "M": "M 0 0 L 0 1 L 0.06 1 L 0.34 0.35 L 0.62 1 L 0.68 1 L 0.68 0", "N": "M 0 0 L 0 1 L 0.05 1 L 0.5 0 L 0.55 0 L 0.55 1",
        "O": "M 0 0.3 L 0 0.7 A 0.28 0.7 0.28 0.3 180 0 L 0.56 0.3 A 0.28 0.3 0.28 0.3 0 -180 L 0 0.32", "P": "M 0 0 L 0 1 L 0.25 1 A 0.25 0.74 0.26 0.26 90 -90 L 0 0.48",
        "Q": "M 0 0.3 L 0 0.7 A 0.28 0.7 0.28 0.3 180 0 L 0.56 0.3 A 0.28 0.3 0.28 0.3 0 -180 L 0 0.32 M 0.34 0.24 L 0.58 -0.04",
        "R": "M 0 0 L 0 1 L 0.25 1 A 0.25 0.74 0.26 0.26 90 -90 L 0 0.48 M 0.27 0.48 L 0.53 0",
        "S": "A 0.26 0.75 0.25 0.25 20 180 A 0.26 0.7 0.25 0.2 180 250 L 0.34 0.47 A 0.26 0.26 0.26 0.24 60 -10 A 0.26 0.26 0.27 0.26 -10 -165",
        "T": "M 0 1 L 0.54 1 M 0.27 1 L 0.27 0", "U": "M 0 1 L 0 0.28 A 0.27 0.28 0.27 0.28 180 360 L 0.54 1", "V": "M 0 1 L 0.26 0 L 0.32 0 L 0.58 1",
        "W": "M 0 1 L 0.19 0 L 0.24 0 L 0.41 0.8 L 0.46 0.8 L 0.63 0 L 0.68 0 L 0.87 1",
        "X": "M 0 1 L 0.55 0 M 0.55 1 L 0 0",
        "Y": "M 0 1 L 0.28 0.46 L 0.56 1 M 0.28 0.46 L 0.28 0",
        "Z": "M 0 1 L 0.5 1 L 0 0 L 0.52 0",
        "a": "M 0.05 0.6 A 0.22 0.5 0.2 0.22 140 0 L 0.42 0 M 0.42 0.34 A 0.21 0.2 0.21 0.2 90 270 A 0.21 0.2 0.21 0.2 -90 0",
        "b": "M 0 1 L 0 0 M 0 0.36 A 0.22 0.36 0.22 0.36 180 -180",
        "c": "A 0.22 0.36 0.22 0.36 35 325",
        "d": "M 0.44 1 L 0.44 0 M 0.44 0.36 A 0.22 0.36 0.22 0.36 0 360",
        "e": "M 0.02 0.38 L 0.43 0.38 A 0.22 0.36 0.22 0.36 5 320",
        "f": "M 0.12 0 L 0.12 0.8 A 0.28 0.8 0.16 0.2 180 90 M 0 0.7 L 0.3 0.7",
        "g": "M 0.44 0.72 L 0.44 -0.1 A 0.22 -0.1 0.22 0.2 0 -150 M 0.44 0.36 A 0.22 0.36 0.22 0.36 0 360",
        "h": "M 0 1 L 0 0 M 0 0.44 A 0.21 0.44 0.21 0.28 180 0 L 0.42 0",
        "i": "M 0 0.72 L 0 0 M 0 0.92 L 0 1.03",
        "k": "M 0 1 L 0 0 M 0.4 0.72 L 0.03 0.3 M 0.13 0.42 L 0.43 0",
        "l": "M 0 1 L 0 0.12 L 0.08 0",
        "m": "M 0 0.72 L 0 0 M 0 0.5 A 0.16 0.5 0.16 0.22 180 0 L 0.32 0 M 0.32 0.5 A 0.48 0.5 0.16 0.22 180 0 L 0.64 0",
        "n": "M 0 0.72 L 0 0 M 0 0.44 A 0.21 0.44 0.21 0.28 180 0 L 0.42 0",
        "o": "A 0.23 0.36 0.23 0.36 0 360",
        "p": "M 0 0.72 L 0 -0.28 M 0 0.36 A 0.22 0.36 0.22 0.36 180 -180",
        "r": "M 0 0.72 L 0 0 M 0 0.46 A 0.22 0.46 0.22 0.26 180 80",
        "s": "A 0.2 0.54 0.18 0.18 30 180 A 0.2 0.5 0.18 0.14 180 250 L 0.28 0.34 A 0.2 0.18 0.2 0.18 60 -160",
        "t": "M 0.12 0.95 L 0.12 0.18 A 0.28 0.18 0.16 0.18 180 270 M 0 0.72 L 0.3 0.72",
        "u": "M 0 0.72 L 0 0.26 A 0.21 0.26 0.21 0.26 180 360 L 0.42 0.72 M 0.42 0.3 L 0.42 0",
        "v": "M 0 0.72 L 0.2 0 L 0.25 0 L 0.45 0.72",
        "w": "M 0 0.72 L 0.15 0 L 0.2 0 L 0.32 0.6 L 0.36 0.6 L 0.48 0 L 0.53 0 L 0.68 0.72",
        "z": "M 0 0.72 L 0.4 0.72 L 0 0 L 0.42 0",
        "-": "M 0 0.44 L 0.26 0.44", "/": "M 0 0 L 0.34 1", ".": "M 0 0 L 0 0.06", "!": "M 0 1 L 0 0.34 M 0 0 L 0 0.08",
    ]
}
