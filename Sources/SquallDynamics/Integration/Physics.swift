import SquallWeather

/// Constants of nature as the whole module uses them.
public enum Physics {
    /// m/s²
    public static let gravity = Braking.gravity
    /// Air at sea level and 15 degC, kg/m³.
    public static let airDensity = 1.225
}
