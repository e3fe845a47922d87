import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallScene
import SquallSensors
import Testing

@Suite struct MeteringTests {
    /// A grey picture, 100 x 60, of luminances by pixel.
    static func picture(_ luminance: (Int) -> Float) -> RadianceImage {
        var image = RadianceImage(width: 100, height: 60)
        let values = (0..<6000).map(luminance)
        (image.red, image.green, image.blue) = (values, values, values)
        return image
    }
    static let exposure = Exposure()
    /// Share of the full well that a luminance reaches at an exposure value: 0.1952 at the one it asks for.
    static func level(_ luminance: Double, _ value: Double) -> Double { 0.1952 * luminance / Photometry.luminance(exposureValue: value) }

    @Test(arguments: [3, 300, 5000]) func fogIsLiftedAboveGrey(_ luminance: Float) {
        let value = Metering(Self.picture { _ in luminance }).exposureValue(Self.exposure)
        #expect(abs(value - (Photometry.exposureValue(luminance: Double(luminance)) - 1)) < 0.001)
        #expect(abs(Self.level(Double(luminance), value) - 0.390) < 0.003)
    }

    /// Overcast: sky six times the road. The sky is held at three quarters, the road keeps its sixth of that.
    @Test(arguments: [1500, 2000, 3000]) func theSkyLimitsTheLift(_ skyPixels: Int) {
        let metering = Metering(Self.picture { $0 < skyPixels ? 1200 : 200 })
        #expect(abs(metering.mean / (200 * pow(6, Double(skyPixels) / 6000)) - 1) < 1e-3)
        #expect(abs(log2(metering.bright / 1200)) < 1.01 / 16)
        let value = metering.exposureValue(Self.exposure)
        #expect(abs(log2(Self.level(1200, value) / 0.75)) < 0.07)
        #expect(TransferCurve.byte(Self.level(200, value)) > 90 && TransferCurve.byte(Self.level(200, value)) < 110)
    }

    @Test func aFewHighlightsMayClip() {
        let calm = Metering(Self.picture { _ in 500 }), glint = Metering(Self.picture { $0 % 50 == 0 ? 50_000 : 500 })
        #expect(abs(log2(glint.bright / calm.bright)) < 1.01 / 16)
        #expect(abs(calm.exposureValue(Self.exposure) - glint.exposureValue(Self.exposure)) < 0.15)
    }

    @Test func manyHighlightsDarkenByAStopAtMost() {
        let value = Metering(Self.picture { $0 % 10 == 0 ? 500_000 : 500 }).exposureValue(Self.exposure)
        #expect(abs(value - Photometry.exposureValue(luminance: 500 * pow(1000, 0.1)) - 1) < 0.01)
    }

    /// A lit road in a black night is not burnt out for the sake of the night: a seventh of the frame at 4 cd/m2 is held at three quarters.
    @Test func nightDoesNotBurnTheRoad() {
        let value = Metering(Self.picture { $0 < 850 ? 4 : 0.0002 }).exposureValue(Self.exposure)
        #expect(abs(log2(Self.level(4, value) / 0.75)) < 0.07)
    }

    @Test func exposureFollowsTheLightWithoutSteps() {
        let values = (0..<400).map { step in Metering(Self.picture { Float(300 + step) + Float($0 % 97) * 10 }).exposureValue(Self.exposure) }
        for (a, b) in zip(values, values.dropFirst()) { #expect(b >= a - 0.002 && b - a < 0.02) }
    }
}
