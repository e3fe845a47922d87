import Foundation
import SquallDynamics
import SquallMath
import SquallScene
import SquallWeather
import Testing

/// Printed values of driver and safety models.
@Suite struct TrafficOracles {
    private let idm = IntelligentDriver(desiredSpeed: 33.333, timeGap: 1.6, acceleration: 0.73, braking: 1.67, standstillGap: 2)

    @Test(arguments: [(20.0, 0.0, 50.0, 0.297836), (20, 5, 50, -1.200137), (30, 0, 60, -0.255917), (15, -3, 25, 0.663148)])
    func intelligentDriver(v: Double, closing: Double, gap: Double, acceleration: Double) {
        #expect(abs(idm.wish(speed: v, closing: closing, gap: gap) - acceleration) < 1.01e-6)
    }

    @Test(arguments: [(10.0, 18.0733), (20, 36.4434), (30, 85.2617)]) func equilibriumGap(v: Double, gap: Double) {
        let exact = IntelligentDriver(desiredSpeed: 120 / 3.6, timeGap: 1.6, acceleration: 0.73, braking: 1.67, standstillGap: 2)
        #expect(abs(exact.equilibriumGap(speed: v) - gap) < 1.01e-4)
        #expect(abs(exact.wish(speed: v, closing: 0, gap: gap)) < 1e-5)
    }

    /// Ego 25 m/s (leader 20 at 60 m), target leader 28 at 50 m, target follower 26 at 30 m, old follower 24 at 40 m, vehicles of 4.5 m.
    @Test func mobil() {
        let own = LaneChange.Accelerations(before: idm.wish(speed: 25, closing: 5, gap: 60), after: idm.wish(speed: 25, closing: -3, gap: 50))
        let new = LaneChange.Accelerations(
            before: idm.wish(speed: 26, closing: -2, gap: 50 + 30 + 4.5), after: idm.wish(speed: 26, closing: 1, gap: 30))
        let old = LaneChange.Accelerations(
            before: idm.wish(speed: 24, closing: -1, gap: 40), after: idm.wish(speed: 24, closing: 4, gap: 40 + 60 + 4.5))
        for (value, oracle) in [
            (own.before, -1.4726), (own.after, 0.4802), (new.before, 0.4187), (new.after, -2.0273), (old.before, 0.1359), (old.after, 0.0636),
            (LaneChange.incentive(own: own, newFollower: new, oldFollower: old, politeness: 0.5), 0.6936),
            (LaneChange.incentive(own: own, newFollower: new, oldFollower: old), 1.4491),
        ] { #expect(abs(value - oracle) < 1.01e-4) }
    }

    @Test func socialForce() {
        for (distance, force) in [(0.6, 2000.0), (0.8, 164.17), (1.0, 13.476)] {
            #expect(abs(SocialForce().repulsion(distance: distance, radii: 0.6) - force) < (distance < 0.9 ? 0.01 : 0.001))
        }
    }

    @Test func safeDistances() {
        for (rear, front, distance) in [(30.0, 30.0, 111.375), (20, 10, 81.375), (10, 20, 7.625)] {
            #expect(abs(SafeDistance.responsibilitySensitive(rear: rear, front: front) - distance) < 1e-9)
        }
        for (kmh, gap) in [(10.0, 4.422), (20, 9.975), (30, 16.543), (40, 24.128), (60, 42.346)] {
            #expect(abs(SafeDistance.carefulDriver(closing: kmh / 3.6) - gap) < 1.01e-3)
        }
        for (kmh, time) in [(10.0, 0.5815), (20, 0.8130), (40, 1.2759), (60, 1.7389)] {
            #expect(abs(SafeDistance.cutInTimeToCollision(closing: kmh / 3.6) - time) < 1.01e-4)
        }
    }

    @Test func stoppingDistances() {
        for (friction, distances) in [
            (0.8, [4.42, 12.29, 49.16, 83.08]), (0.5, [7.08, 19.66, 78.65, 132.93]), (0.3, [11.80, 32.77, 131.09, 221.54]), (0.1, [35.39, 98.32, 393.27, 664.63]),
        ] {
            for (kmh, distance) in zip([30.0, 50, 100, 130], distances) {
                #expect(abs(Braking.stoppingDistance(speed: kmh / 3.6, friction: friction) - distance) < 0.0101)
            }
        }
    }

    /// 1500 kg at 15 m/s into 2000 kg at -5 m/s, restitution 0.3.
    @Test func centralImpact() {
        var a = PlaneBody(centre: Vec2(0, 0), velocity: Vec2(15, 0), inverseMass: 1 / 1500.0)
        var b = PlaneBody(centre: Vec2(4, 0), velocity: Vec2(-5, 0), inverseMass: 1 / 2000.0)
        let j = collide(&a, &b, at: Vec2(2, 0), normal: Vec2(1, 0), restitution: 0.3, friction: 0.5)
        #expect(abs(j - 22285.71) < 0.0101)
        #expect(abs(a.velocity.x - 0.142857) < 1.01e-6 && abs(b.velocity.x - 6.142857) < 1.01e-6)
        let loss = (1500.0 * 225 + 2000 * 25 - 1500 * a.velocity.x * a.velocity.x - 2000 * b.velocity.x * b.velocity.x) / 2
        #expect(abs(loss - 156_000) < 1)
    }

    /// Off-centre impacts keep momentum and spin, and never gain energy.
    @Test func obliqueImpactsConserve() {
        for k in 0..<60 {
            var random = CounterRandom(seed: 3, path: "impact", tick: UInt32(k))
            var a = PlaneBody(
                centre: Vec2(0, 0), velocity: Vec2(10 * random.uniform(), 4 * random.uniform()), yawRate: random.uniform(), inverseMass: 1 / 1400.0,
                inverseInertia: 1 / 2300.0)
            var b = PlaneBody(
                centre: Vec2(3, 1), velocity: Vec2(-8 * random.uniform(), random.uniform()), inverseMass: 1 / 2600.0, inverseInertia: 1 / 4000.0)
            let point = Vec2(1 + random.uniform(), random.uniform())
            let measure = { (a: PlaneBody, b: PlaneBody) -> (Vec2, Double, Double) in
                let momentum = a.velocity * 1400 + b.velocity * 2600
                let spin = 2300 * a.yawRate + 4000 * b.yawRate + 1400 * cross(a.centre, a.velocity) + 2600 * cross(b.centre, b.velocity)
                let energy = 700 * dot(a.velocity, a.velocity) + 1300 * dot(b.velocity, b.velocity) + 1150 * a.yawRate * a.yawRate + 2000 * b.yawRate * b.yawRate
                return (momentum, spin, energy)
            }
            let before = measure(a, b)
            collide(&a, &b, at: point, normal: Vec2(0.96, 0.28), restitution: 0.2, friction: 0.5)
            let after = measure(a, b)
            #expect((after.0 - before.0).length < 1e-8 && abs(after.1 - before.1) < 1e-7 && after.2 <= before.2 + 1e-7)
        }
    }
}
