import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallScene

/// A camera's numbers, drawn; each keyed by its own path.
extension Drawing {
    /// Size, focal lengths and lens.
    /// - Throws: `Failure` for a size that no picture has and for coefficients that fold the lens within its picture.
    func optics(_ block: SceneBlock, _ path: String) throws -> CameraModel {
        var size = Vec3(1280, 720, 0)
        if case .vector(let v)? = try value(block, "resolution", path) { size = v }
        guard (1...4096).contains(size.x), (1...4096).contains(size.y), size.x == size.x.rounded(), size.y == size.y.rounded() else {
            throw failure("bad-resolution", block["resolution"]?.origin, "a camera may have 1 to 4096 whole pixels each way")
        }
        let lens = try lens(block, path)
        let focal = try number(block, "focal", path) ?? focal(block, path, width: size.x, lens)
        let model = CameraModel(PinholeCamera(width: Int(size.x), height: Int(size.y), fx: focal, fy: focal, cx: size.x / 2, cy: size.y / 2), lens: lens)
        if let fault = model.fault {
            throw failure("bad-lens", block["k1"]?.origin ?? block["lens"]?.origin, fault, fix: "use coefficients that were fitted over the whole picture, a longer focal length or a smaller picture")
        }
        return model
    }

    private func focal(_ block: SceneBlock, _ path: String, width: Double, _ lens: Lens) throws -> Double {
        let fov = try number(block, "fov", path) ?? 70 * .pi / 180
        if let focal = CameraModel.focal(width: width, fov: fov, lens: lens) { return focal }
        throw failure("bad-lens", block["fov"]?.origin ?? block["lens"]?.origin, "the lens does not see \(Units.format(fov, .angle)) across", fix: "make fov smaller, or give focal in pixels")
    }

    private func lens(_ block: SceneBlock, _ path: String) throws -> Lens {
        func read(_ name: String) throws -> Double { try number(block, name, path) ?? 0 }
        guard case .symbol(let name)? = try value(block, "lens", path) else { return .pinhole }
        let field = try number(block, "circle", path) ?? Lens.widest
        switch name {
        case "brown_conrady": return .brownConrady(Lens.BrownConrady(k1: try read("k1"), k2: try read("k2"), p1: try read("p1"), p2: try read("p2"), k3: try read("k3")))
        case "kannala_brandt":
            return .kannalaBrandt(Lens.KannalaBrandt(k1: try read("k1"), k2: try read("k2"), k3: try read("k3"), k4: try read("k4")), field: field)
        default: return Lens.Fisheye.allCases.first { Lens.fisheye($0).name == name }.map { .fisheye($0, field: field) } ?? .pinhole
        }
    }

    func exposure(_ block: SceneBlock, _ path: String) throws -> Exposure {
        func read(_ name: String) throws -> Double? { try number(block, name, path) }
        var exposure = Exposure()
        exposure.ev = try read("exposure")
        exposure.fNumber = try read("f_number") ?? exposure.fNumber
        exposure.pixelPitch = try read("pixel_pitch") ?? exposure.pixelPitch
        exposure.quantumEfficiency = try read("quantum_efficiency") ?? exposure.quantumEfficiency
        exposure.fullWell = try read("full_well") ?? exposure.fullWell
        exposure.darkNoise = try read("dark_noise") ?? exposure.darkNoise
        exposure.nonUniformity = try read("non_uniformity") ?? exposure.nonUniformity
        exposure.darkCurrent = try read("dark_current") ?? exposure.darkCurrent
        if let bits = try read("bits") { exposure.bits = Int(bits.rounded()) }
        exposure.blackLevel = (try read("black_level") ?? exposure.blackLevel).rounded()
        guard exposure.blackLevel < Double(1 << exposure.bits) / 2 else {
            throw failure("bad-black-level", block["black_level"]?.origin, "a black level of \(Int(exposure.blackLevel)) leaves a converter of \(exposure.bits) bits less than half its counts")
        }
        (exposure.shutter, exposure.iso) = (try read("shutter"), try read("iso"))
        return exposure
    }

    /// A camera takes one picture after the other: no shutter is open, and no picture is read, for longer than from one to the next.
    func refuseSlowPictures(_ block: SceneBlock, _ exposure: Exposure, _ effects: CameraEffects, rows: Int) throws {
        let most = exposure.interval * (1 + 1e-9)
        let every = "\(block.name) takes a picture every \(Units.format(exposure.interval, .time))"
        func slow(_ time: Double, _ property: String, _ what: String, _ advice: String) -> Failure {
            let rate = 1 / time
            let least = Schema.block("camera")?.property("rate")?.allowed?.lowerBound ?? 0
            return failure(
                "too-slow", block[property]?.origin ?? block.origin, "\(what) \(Units.format(time, .time)), but \(every)",
                fix: rate < least ? advice : "\(advice), or give it a rate of at most \(Units.format(rate, .frequency, digits: 3))")
        }
        if let time = exposure.manualTime, time > most {
            guard exposure.shutter == nil else { throw slow(time, "shutter", "the shutter is open for", "shorten shutter") }
            throw slow(time, "exposure", "exposure, f_number and iso together ask for", "raise exposure or iso, or leave iso to the camera")
        }
        let readout = effects.lineTime * Double(rows)
        if readout > most { throw slow(readout, "line_time", "\(rows) rows of \(Units.format(effects.lineTime, .time)) take", "shorten line_time") }
    }

    func effects(_ block: SceneBlock, _ path: String) throws -> CameraEffects {
        func truth(_ name: String) throws -> Bool? { if case .truth(let on)? = try value(block, name, path) { on } else { nil } }
        var effects = CameraEffects()
        if case .symbol(let word)? = try value(block, "output", path), let output = CameraEffects.Output(rawValue: word) { effects.output = output }
        if let quality = try number(block, "quality", path) { effects.quality = Int(quality.rounded()) }
        effects.lineTime = try number(block, "line_time", path) ?? 0
        effects.motionBlur = try truth("motion_blur") ?? false
        effects.glare = try number(block, "glare", path) ?? 0
        effects.flare = try number(block, "flare", path) ?? 0
        effects.vignetting = try truth("vignetting") ?? false
        effects.noise = try truth("noise") ?? true
        effects.denoise = try truth("denoise") ?? true
        effects.highlights = try truth("highlights") ?? true
        effects.whiteBalance = try number(block, "white_balance", path)
        effects.exposureDelay = try number(block, "exposure_delay", path) ?? 0
        return effects
    }
}

extension CameraModel {
    /// The focal length in pixels with which a lens shows a field of view across its width; nil when it cannot.
    public static func focal(width: Double, fov: Double, lens: Lens) -> Double? {
        let unit = CameraModel(PinholeCamera(width: 1, height: 1, fx: 1, fy: 1, cx: 0, cy: 0), lens: lens)
        // Beyond 172 degrees a flat picture has no focal length to speak of.
        guard lens.field != nil || fov <= 3, let edge = unit.project(Vec3(sin(fov / 2), 0, cos(fov / 2))), edge.x > 0 else { return nil }
        return width / 2 / edge.x
    }
}
