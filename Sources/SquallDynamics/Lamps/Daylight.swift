import Foundation
import SquallMath
import SquallScene
import SquallWeather

/// What a light sensor, a driver and a timer go by when they switch lamps.
struct Daylight: Sendable, Equatable {
    /// Lux on open, level ground, as global radiation gives it; moonlight left out.
    var illuminance: Double
    /// Meteorological optical range, metres.
    var visibility: Double
    /// Rain, mm/h.
    var rainRate: Double
    /// Local hour, 0 ..< 24.
    var hour: Double

    init(illuminance: Double, visibility: Double = .infinity, rainRate: Double = 0, hour: Double = 12) {
        (self.illuminance, self.visibility, self.rainRate, self.hour) = (illuminance, visibility, rainRate, hour)
    }

    /// - Parameter seconds: since the episode's start.
    init(_ scene: ConcreteScene, _ weather: WeatherState, at seconds: Double) {
        let now = scene.start.advanced(by: seconds)
        let sun = SunPosition(julianDate: now.julianDate, latitude: scene.place.latitude, longitude: scene.place.longitude)
        let clear = ClearSky(sun: sun, linkeTurbidity: weather.turbidity.clamped(to: 1.5...10)).global * ClearSky.luminousEfficacy + Twilight.illuminance(elevation: sun.elevation)
        let cover = max(weather.cloudCover.clamped(to: 0...1), Rain.impliedCloudCover(rate: weather.rainRate))
        self.init(
            illuminance: clear * Lighting.cloudTransmission(cover: cover, rainRate: weather.rainRate), visibility: weather.fogVisibility, rainRate: weather.rainRate,
            hour: (now.seconds / 3600).truncatingRemainder(dividingBy: 24))
    }

    /// Light sensors of cars switch dipped beam on below about 1,000 lx, and drivers (German road traffic act, section 17) in rain and fog.
    var asksForDippedBeam: Bool { illuminance < 1_000 || visibility < 500 || rainRate > 4 }
    /// Rear fog lamps are for less than 50 m.
    var asksForRearFog: Bool { visibility < 50 }
    /// People switch lamps on indoors.
    var isDim: Bool { illuminance < 150 }
    /// Lit signs and shop windows.
    var asksForSigns: Bool { illuminance < 800 }
    /// Twilight switches of street lighting, 20...70 lx; `share` places one switch in that range.
    func asksForStreetLight(share: Double) -> Bool { illuminance < 20 + 50 * share }
    /// From 23 to 5 o'clock most people sleep.
    var isLate: Bool { hour >= 23 || hour < 5 }
}
