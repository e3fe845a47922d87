// swift-tools-version: 6.2
// The floors of the house (ARCHITECTURE.md): a target depends only on targets of strictly lower floors.
// Tests/HouseTests reads the import lines and keeps them honest.
import PackageDescription

/// `SQUALL_ISA=baseline` builds for any x86-64; the default needs AVX2 and FMA (checked at start-up).
let baseline = Context.environment["SQUALL_ISA"] == "baseline"
#if arch(x86_64)
let isa: [String] = baseline ? [] : ["-Xcc", "-march=x86-64-v3"]
let cISA: [String] = baseline ? [] : ["-march=x86-64-v3"]
#else
let isa: [String] = []
let cISA: [String] = []
#endif
let common: [SwiftSetting] = [
    .unsafeFlags(isa),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
/// Kernels are 60 times slower without the optimiser: they are optimised in debug builds too.
let kernel: [SwiftSetting] = common + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func floor(_ name: String, _ dependencies: [Target.Dependency] = [], kernel isKernel: Bool = false, exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: isKernel ? kernel : common)
}
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: common)
}

/// `SQUALL_TESTS=SquallRasterTests,HouseTests` builds these test targets only; all without it.
let chosenTests = Context.environment["SQUALL_TESTS"].map { $0.split(separator: ",").map(String.init) }

let package = Package(
    name: "squall-workspace",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "squall", targets: ["squall"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // C: SIMD intrinsics Swift cannot reach, image codecs that need setjmp, libdeflate.
        .target(name: "CSquallKernels", cSettings: [.unsafeFlags(cISA)]),
        .target(name: "CSquallSystem"),
        .target(name: "CSquallImages", dependencies: ["CPNG", "CJPEG"]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"]), .brew(["jpeg-turbo"])]),
        .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
        // floor 0
        floor("SquallMath", kernel: true),
        floor("SquallDiagnostics"),
        // floor 1
        floor("SquallGeometry", ["SquallMath"], kernel: true),
        floor("SquallFrames", ["SquallMath"]),
        floor("SquallWeather", ["SquallMath"]),
        floor("SquallXML", ["SquallDiagnostics"]),
        // floor 2
        floor("SquallScene", ["SquallMath", "SquallDiagnostics", "SquallGeometry", "SquallFrames", "SquallWeather"]),
        floor("SquallRays", ["SquallMath", "SquallGeometry", "CSquallKernels"], kernel: true),
        // floor 3
        floor("SquallDraw", ["SquallMath", "SquallDiagnostics", "SquallGeometry", "SquallFrames", "SquallWeather", "SquallScene"]),
        floor("SquallRoads", ["SquallMath", "SquallDiagnostics", "SquallXML", "SquallGeometry", "SquallFrames", "SquallWeather", "SquallScene"]),
        floor("SquallAssets", ["SquallMath", "SquallDiagnostics", "SquallGeometry", "SquallFrames", "SquallScene", "CSquallImages"]),
        // floor 4
        floor("SquallLanguage", ["SquallMath", "SquallDiagnostics", "SquallScene", "SquallDraw"], exclude: ["Guide.md"]),
        floor("SquallSkins", ["SquallMath", "SquallGeometry", "SquallAssets"]),
        floor("SquallLife", ["SquallMath", "SquallGeometry", "SquallFrames", "SquallScene", "SquallAssets"]),
        floor("SquallStructures", ["SquallMath", "SquallGeometry", "SquallScene", "SquallAssets"]),
        floor("SquallWorld", ["SquallMath", "SquallDiagnostics", "SquallGeometry", "SquallFrames", "SquallWeather", "SquallScene", "SquallRoads", "SquallAssets"]),
        floor("SquallRaster", ["SquallMath", "SquallGeometry", "SquallFrames", "SquallAssets", "CSquallKernels"], kernel: true),
        floor("SquallExport", ["SquallMath", "SquallDiagnostics", "SquallFrames", "CDeflate", "CSquallImages", "CSquallKernels"], kernel: true),
        // floor 5
        floor("SquallVehicles", ["SquallMath", "SquallGeometry", "SquallFrames", "SquallScene", "SquallAssets", "SquallSkins"]),
        floor("SquallDynamics", ["SquallMath", "SquallDiagnostics", "SquallGeometry", "SquallFrames", "SquallWeather", "SquallScene", "SquallRoads", "SquallAssets", "SquallWorld"], kernel: true),
        floor("SquallRayFrames", ["SquallMath", "SquallGeometry", "SquallFrames", "SquallRays", "SquallRaster", "CSquallKernels"], kernel: true),
        floor("SquallDetail", ["SquallMath", "SquallAssets", "SquallRaster", "CSquallKernels"], kernel: true),
        floor("SquallSky", ["SquallMath", "SquallGeometry", "SquallFrames", "SquallWeather", "SquallRaster", "CSquallKernels"], kernel: true),
        // floor 6
        floor("SquallShading", ["SquallMath", "SquallGeometry", "SquallFrames", "SquallWeather", "SquallRoads", "SquallAssets", "SquallWorld", "SquallRaster", "SquallRayFrames", "SquallDetail", "SquallSky", "CSquallKernels"], kernel: true),
        floor("SquallSensors", ["CSquallKernels", "SquallMath", "SquallGeometry", "SquallFrames", "SquallWeather", "SquallScene", "SquallRays", "SquallAssets", "SquallWorld", "SquallRaster"], kernel: true),
        floor("SquallLabels", ["SquallMath", "SquallGeometry", "SquallFrames", "SquallScene", "SquallWorld", "SquallRaster"], kernel: true),
        // floor 7
        floor("SquallRun", [
            "SquallMath", "SquallDiagnostics", "SquallGeometry", "SquallFrames", "SquallWeather", "SquallScene", "SquallRays", "SquallDraw", "SquallLanguage", "SquallRoads", "SquallAssets", "SquallVehicles", "SquallLife", "SquallStructures", "SquallWorld",
            "SquallDynamics", "SquallRaster", "SquallRayFrames", "SquallSky", "SquallShading", "SquallExport", "SquallSensors", "SquallLabels", "CSquallSystem", "CSquallKernels",
            .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Logging", package: "swift-log"),
        ]),
        // floor 8
        .executableTarget(
            name: "squall",
            dependencies: [
                "CSquallKernels", "SquallDiagnostics", "SquallExport", "SquallRun", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: common),
        // Tests reach internals through the `package` access level, so they build in release beside the product.
        tests("SquallMathTests", ["SquallMath"]),
        tests("SquallDiagnosticsTests", ["SquallDiagnostics"]),
        tests("SquallGeometryTests", ["SquallGeometry", "SquallMath"]),
        tests("SquallWeatherTests", ["SquallWeather", "SquallMath"]),
        tests("SquallXMLTests", ["SquallXML", "SquallDiagnostics"]),
        tests("SquallSceneTests", ["SquallScene", "SquallMath", "SquallWeather", "SquallFrames", "SquallDiagnostics"]),
        tests("SquallDrawTests", ["SquallDraw", "SquallScene", "SquallMath", "SquallFrames", "SquallDiagnostics"]),
        tests("SquallRaysTests", ["SquallRays", "SquallGeometry", "SquallMath"]),
        tests("SquallLanguageTests", ["SquallLanguage", "SquallDraw", "SquallScene", "SquallMath", "SquallWeather", "SquallFrames", "SquallDiagnostics"]),
        tests("SquallRoadsTests", ["SquallVehicles", "SquallLife", "SquallStructures", "SquallRoads", "SquallAssets", "SquallWorld", "SquallScene", "SquallGeometry", "SquallMath", "SquallWeather", "SquallFrames", "SquallDiagnostics"]),
        tests("SquallAssetsTests", ["SquallVehicles", "SquallLife", "SquallStructures", "SquallAssets", "SquallScene", "SquallGeometry", "SquallMath", "SquallFrames", "SquallDiagnostics"]),
        tests("SquallShadingTests", ["SquallShading", "SquallSky", "SquallRaster", "SquallAssets", "SquallWorld", "SquallScene", "SquallGeometry", "SquallMath", "SquallWeather", "SquallFrames"]),
        tests("SquallWorldTests", ["SquallVehicles", "SquallLife", "SquallStructures", "SquallWorld", "SquallAssets", "SquallRoads", "SquallScene", "SquallGeometry", "SquallMath", "SquallWeather", "SquallFrames", "SquallDiagnostics"]),
        tests("SquallDynamicsTests", ["SquallVehicles", "SquallLife", "SquallStructures", "SquallDynamics", "SquallRoads", "SquallAssets", "SquallWorld", "SquallScene", "SquallGeometry", "SquallMath", "SquallWeather", "SquallFrames", "SquallDiagnostics"]),
        tests("SquallRasterTests", ["SquallLife", "SquallRaster", "SquallRays", "SquallAssets", "SquallWorld", "SquallGeometry", "SquallMath", "SquallFrames"]),
        tests("SquallRayFramesTests", ["SquallRayFrames", "SquallRaster", "SquallRays", "SquallAssets", "SquallGeometry", "SquallMath", "SquallFrames"]),
        tests("SquallDetailTests", ["SquallDetail", "SquallAssets", "SquallMath"]),
        tests("SquallSkyTests", ["SquallSky", "SquallRaster", "SquallMath", "SquallWeather"]),
        tests("SquallExportTests", ["SquallExport", "SquallFrames", "SquallMath", "SquallDiagnostics", "CSquallImages"]),
        tests("SquallSensorsTests", ["SquallSensors", "SquallRaster", "SquallRays", "SquallRoads", "SquallAssets", "SquallWorld", "SquallScene", "SquallGeometry", "SquallMath", "SquallWeather", "SquallFrames"]),
        tests("SquallLabelsTests", ["SquallLabels", "SquallRaster", "SquallRays", "SquallRoads", "SquallWorld", "SquallScene", "SquallGeometry", "SquallMath", "SquallWeather", "SquallFrames"]),
        tests("SquallRunTests", ["SquallRun", "SquallDraw", "SquallLabels", "SquallSensors", "SquallExport", "SquallDynamics", "SquallRaster", "SquallShading", "SquallRays", "SquallLanguage", "SquallRoads", "SquallAssets", "SquallWorld", "SquallScene", "SquallGeometry", "SquallMath", "SquallWeather", "SquallFrames", "SquallDiagnostics"]),
        tests("HouseTests", []),
    ].filter { target in target.type != .test || chosenTests?.contains(target.name) ?? true }
)
