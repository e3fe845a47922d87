/// One step of the classical fourth-order Runge-Kutta method for y' = f(y), with whatever f depends on held over the step.
///
/// - Parameter dt: seconds.
@inlinable @inline(__always)
public func rungeKutta4<State: SIMD>(_ y: State, dt: Double, _ f: (State) -> State) -> State where State.Scalar == Double {
    let k1 = f(y)
    let k2 = f(y + k1 * (dt / 2))
    let k3 = f(y + k2 * (dt / 2))
    let k4 = f(y + k3 * dt)
    return y + (k1 + 2 * (k2 + k3) + k4) * (dt / 6)
}
