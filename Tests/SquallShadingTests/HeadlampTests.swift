import Foundation
import SquallShading
import Testing

/// The candela tables against UN R112 class B (physics.md, section 1; overhead-sign and zone values of the regulation's tables).
@Suite struct HeadlampTests {
    private func passing(_ right: Double, _ up: Double) -> Double { HeadlampBeam.dipped.candela(right: right * .pi / 180, up: up * .pi / 180) }
    private func driving(_ right: Double, _ up: Double) -> Double { HeadlampBeam.main.candela(right: right * .pi / 180, up: up * .pi / 180) }

    @Test(arguments: [(1.15, -0.57, 10_100.0), (1.72, -0.86, 10_100), (0, -0.86, 5_100), (-9, -1.72, 1_700), (9, -1.72, 1_700)])
    func passingBeamLightsTheRoad(right: Double, up: Double, least: Double) { #expect(passing(right, up) >= least) }

    @Test(arguments: [(-3.43, -0.57, 10_600.0), (-3.43, -0.86, 13_200), (-3.43, 0.57, 350), (0, 0, 625)])
    func passingBeamSparesOthers(right: Double, up: Double, most: Double) { #expect(passing(right, up) <= most) }

    /// Signs over the road still get something: points 1 to 8.
    @Test(arguments: [(-8.0, 4.0, 65.0), (0, 4, 65), (8, 4, 65), (-4, 2, 125), (0, 2, 125), (4, 2, 125), (-8, 0, 65), (-4, 0, 65)])
    func passingBeamLightsSigns(right: Double, up: Double, least: Double) {
        #expect(passing(right, up) >= least && passing(right, up) <= 625)
    }

    /// Zone III: everything above the cut-off and its 15-degree arm, 0.3 degrees of transition left out.
    @Test func zoneThreeStaysDark() {
        for right in stride(from: -20.0, through: 20, by: 0.5) {
            for up in stride(from: HeadlampBeam.cutOff(right: right) + 0.3, through: 10, by: 0.2) { #expect(passing(right, up) <= 625) }
        }
    }

    /// Level on the left at 1 % below the horizontal, rising by 15 degrees on the right: the steepest place of log intensity, and as steep
    /// as a cut-off must be (UN R112: G = log E - log E a tenth of a degree higher, 0.13 or more).
    @Test(arguments: [-6.0, -4.0, -2.5, 2.0, 4.0]) func cutOffIsWhereItBelongs(right: Double) {
        var best = (up: 0.0, gradient: 0.0)
        for up in stride(from: -2.5, through: 2.5, by: 0.02) {
            let gradient = log10(passing(right, up) / passing(right, up + 0.1))
            if gradient > best.gradient { best = (up + 0.05, gradient) }
        }
        let expected = -0.573 + max(0, right) * tan(15 * Double.pi / 180)
        #expect(abs(best.up - expected) < 0.25)
        #expect(best.gradient > 0.13)
    }

    @Test func drivingBeamReachesFar() {
        let peak = HeadlampBeam.main.maximum
        #expect(peak >= 40_500 && peak <= 215_000)
        #expect(driving(0, 0) >= 0.8 * peak)
        #expect(driving(2.58, 0) >= 20_300 && driving(-2.58, 0) >= 20_300)
        #expect(driving(5.15, 0) >= 5_100 && driving(-5.15, 0) >= 5_100)
    }

    /// Reading the table loses little of the law, the cut-off included, and nothing shines backwards.
    @Test func tablesFollowTheirLaws() {
        var worst = 0.0
        for right in stride(from: -30.0, through: 30, by: 0.37) {
            for up in stride(from: -12.0, through: 5, by: 0.083) {
                let law = HeadlampBeam.dippedIntensity(right: right, up: up)
                worst = max(worst, abs(passing(right, up) - law) / (law + 0.02 * HeadlampBeam.dipped.maximum))
            }
        }
        #expect(worst < 0.06)
        #expect(passing(80, -1) == 0)
    }
}
