"""Squall's surfaces beside Mitsuba 3's: error sum|a-b| / sum b per sphere and plane.

What is compared is physics, not each other's conventions:
- metals: Mitsuba's roughconductor with the measured index of aluminium, copper and gold (full conductor Fresnel, separable Smith
  masking) against Squall's metal-rough material, whose base colour is the same metal's reflectance at normal incidence; up to roughness
  0.8, beyond which separable masking darkens grazing views by up to a fifth against the height-correlated one (Heitz 2014);
- dielectrics: the gloss of Mitsuba's roughplastic of index 1.5 (full dielectric Fresnel) over its Lambertian body, of which the light
  that the gloss mirrors is taken away on both ways, (1 - E(v)) (1 - E(l)) / (1 - mean E) with Mitsuba's own E, against Squall's glTF
  dielectric of the same colour. roughplastic's own body is no reference: it loses what bounces more than once inside a rough interface,
  and returns 0.44 of the light at roughness 0.8 where its gloss leaves 0.98;
- light: the sky is Squall's own, handed over as a map with the light of its sun as a directional emitter;
- lamps: two points, the same candela to both, in a night without a moon;
- depth of light paths: Mitsuba's `direct` integrator and Squall with --no-energy-compensation, so that both count one reflection.

The things stand far apart, so that none shades another's sky by more than a hundredth or two. A pixel counts as direct where the sun
is in front of the surface, and as ambient where it is behind it, or where there is none; pixels on silhouettes and terminators, which
the two sample differently, are left out, and so are glossy pixels whose mirror ray meets an object.
"""

import argparse
import base64
import functools
import json
import pathlib
import subprocess
import sys
import tempfile

import mitsuba as mi
import numpy as np

mi.set_variant("scalar_rgb")   # slower than llvm_ad_rgb, and at home on every machine

DIRECT_BAR, AMBIENT_BAR = 0.04, 0.10
WIDTH, HEIGHT = 2200, 1600
RADIUS, SPACING = 0.5, 4
# Where, glTF's axes, and candela of the primaries: a cool one before the things to the left, a warm one nearer to the right.
LAMPS = [([-7.0, 6.0, 14.0], [50_000.0, 52_000.0, 58_000.0]), ([9.0, 1.0, 9.0], [40_000.0, 29_000.0, 16_000.0])]
ROUGHNESS = [0.2, 0.35, 0.5, 0.65, 0.8]
METALS = ["Al", "Cu", "Au", "Al", "Cu"]
COLOURS = [(0.5, 0.5, 0.5), (0.6, 0.05, 0.03), (0.04, 0.12, 0.5), (0.75, 0.74, 0.7), (0.06, 0.25, 0.07)]
INDEX = 1.5


def conductor_colour(metal):
    """Reflectance at normal incidence of a measured metal, linear sRGB."""
    parameters = mi.traverse(mi.load_dict({"type": "roughconductor", "material": metal, "alpha": 0.1}))
    eta, k = (np.array(parameters[name]).ravel() for name in ("eta.value", "k.value"))
    return tuple(float(x) for x in ((eta - 1) ** 2 + k**2) / ((eta + 1) ** 2 + k**2))


def things():
    """Ten spheres in two rows and two planes below them, in glTF's axes (y up, looked at along -z)."""
    result = []
    for column, roughness in enumerate(ROUGHNESS):
        x = (column - 2) * SPACING
        metal = METALS[column]
        result.append(dict(name=f"metal {metal} {roughness}", kind="sphere", at=(x, 2, 0), roughness=roughness, metal=metal, colour=conductor_colour(metal)))
        result.append(dict(name=f"dielectric {roughness}", kind="sphere", at=(x, -2, 0), roughness=roughness, metal=None, colour=COLOURS[column]))
    result.append(dict(name="plane matte", kind="plane", at=(-5, -9, 0), roughness=0.9, metal=None, colour=(0.3, 0.3, 0.3)))
    result.append(dict(name="plane glossy", kind="plane", at=(5, -9, 0), roughness=0.3, metal=None, colour=(0.1, 0.1, 0.1)))
    return result


PLANE_HALF = (1.8, 1.2)


def sphere_mesh(rings=96, sectors=192):
    t, p = np.meshgrid(np.linspace(0, np.pi, rings + 1), np.linspace(0, 2 * np.pi, sectors + 1), indexing="ij")
    normals = np.stack([np.sin(t) * np.cos(p), np.cos(t), -np.sin(t) * np.sin(p)], -1).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(rings), np.arange(sectors), indexing="ij")
    a = (i * (sectors + 1) + j).ravel()
    b = a + sectors + 1
    faces = np.concatenate([np.stack([a, b, b + 1], -1), np.stack([a, b + 1, a + 1], -1)])
    return normals * RADIUS, normals, faces


def plane_mesh():
    x, z = PLANE_HALF
    positions = np.array([(-x, 0, z), (x, 0, z), (x, 0, -z), (-x, 0, -z)], float)
    return positions, np.tile((0.0, 1.0, 0.0), (4, 1)), np.array([(0, 1, 2), (0, 2, 3)])


def write_gltf(path, scene):
    blob, views, accessors, meshes, materials, nodes = b"", [], [], [], [], []

    def accessor(array, kind, component, target):
        nonlocal blob
        data = array.tobytes()
        views.append(dict(buffer=0, byteOffset=len(blob), byteLength=len(data), target=target))
        blob += data + b"\0" * (-len(data) % 4)
        entry = dict(bufferView=len(views) - 1, componentType=component, count=len(array), type=kind)
        if kind == "VEC3":
            entry |= dict(min=array.min(0).tolist(), max=array.max(0).tolist())
        accessors.append(entry)
        return len(accessors) - 1

    shapes = {}
    for kind, (positions, normals, faces) in dict(sphere=sphere_mesh(), plane=plane_mesh()).items():
        shapes[kind] = dict(
            attributes=dict(POSITION=accessor(positions.astype("<f4"), "VEC3", 5126, 34962), NORMAL=accessor(normals.astype("<f4"), "VEC3", 5126, 34962)),
            indices=accessor(faces.astype("<u4").reshape(-1), "SCALAR", 5125, 34963))
    for thing in scene:
        surface = dict(baseColorFactor=[*thing["colour"], 1], metallicFactor=1 if thing["metal"] else 0, roughnessFactor=thing["roughness"])
        materials.append(dict(name=thing["name"], pbrMetallicRoughness=surface))
        meshes.append(dict(primitives=[shapes[thing["kind"]] | dict(material=len(materials) - 1)]))
        nodes.append(dict(name=thing["name"], mesh=len(meshes) - 1, translation=list(thing["at"])))
    uri = "data:application/octet-stream;base64," + base64.b64encode(blob).decode()
    path.write_text(json.dumps(dict(
        asset=dict(version="2.0"), scene=0, scenes=[dict(nodes=list(range(len(nodes))))], nodes=nodes, meshes=meshes, materials=materials, accessors=accessors,
        bufferViews=views, buffers=[dict(uri=uri, byteLength=len(blob))])))


EYE, TARGET, FOCAL = np.array((0.0, 8.0, 40.0)), np.array((0.0, -3.5, 0.0)), 4900.0


def camera_axes():
    back = (EYE - TARGET) / np.linalg.norm(EYE - TARGET)
    right = np.cross((0, 1, 0), back)
    right /= np.linalg.norm(right)
    return right, np.cross(back, right), back


def write_camera(path, sun, lamps=()):
    right, up, back = camera_axes()
    pose = [[right[i], up[i], back[i], EYE[i]] for i in range(3)] + [[0, 0, 0, 1]]
    path.write_text(json.dumps(dict(
        width=WIDTH, height=HEIGHT, fx=FOCAL, fy=FOCAL, cx=WIDTH / 2, cy=HEIGHT / 2, near=0.1, light_dir_towards_light=list(sun), world_from_camera=[pose],
        lamps=[dict(position=at, intensity=candela) for at, candela in lamps])))


def squall(binary, folder, scene, sun, cover, lamps=()):
    gltf, camera, out = folder / "scene.gltf", folder / "camera.json", folder / "out"
    write_gltf(gltf, scene)
    write_camera(camera, sun, lamps)
    subprocess.run(
        [binary, "render-gltf", gltf, "--camera-path", camera, "--out", out, "--samples-per-pixel", "4", "--linear", "--no-energy-compensation", "--cloud-cover", str(cover)],
        check=True, stdout=subprocess.DEVNULL)
    light = json.loads((out / "light/light.json").read_text())
    return np.load(out / "luminance/000000.npy"), np.load(out / "light/surroundings.npy"), light


def gloss(thing):
    alpha = thing["roughness"] ** 2
    if thing["metal"]:
        return {"type": "roughconductor", "material": thing["metal"], "alpha": alpha, "distribution": "ggx"}
    return {"type": "roughplastic", "distribution": "ggx", "alpha": alpha, "int_ior": INDEX, "ext_ior": 1.0, "diffuse_reflectance": {"type": "rgb", "value": [0, 0, 0]}}


def body(thing):
    return {"type": "diffuse", "reflectance": {"type": "rgb", "value": list(thing["colour"])}}


@functools.cache
def gloss_albedo(roughness):
    """Cosines, and the directional albedo of a dielectric's gloss there, by sampling it."""
    surface, context, si = mi.load_dict(gloss(dict(metal=None, roughness=roughness))), mi.BSDFContext(), mi.SurfaceInteraction3f()
    nodes, share = np.linspace(0.05, 1, 14), []
    u = (np.arange(512) + 0.5) / 512
    random = np.random.default_rng(1)
    for c in nodes:
        si.wi = mi.Vector3f(float(np.sqrt(1 - c * c)), 0, float(c))
        share.append(np.mean([surface.sample(context, si, float(a), mi.Point2f(float(a), float(b)))[1][1] for a, b in zip(u, random.permutation(u))]))
    return nodes, np.array(share)


def mirrored_share(thing, cosines):
    """Share of the light that a thing's gloss mirrors at some cosines, and its mean over the cosine."""
    nodes, share = gloss_albedo(thing["roughness"])
    return np.interp(cosines, nodes, share), np.trapezoid(share * nodes, nodes) / np.trapezoid(nodes, nodes)


def mitsuba(scene, emitters, samples, owner, surface_of):
    """The scene under some light, each thing in a window of its own; `surface_of` says what each is made of, None for a hole in the result."""
    right, up, back = camera_axes()
    T = mi.ScalarTransform4f
    shapes = {}
    for index, thing in enumerate(scene):
        place = T().translate(list(thing["at"]))
        if thing["kind"] == "sphere":
            shape = {"type": "sphere", "to_world": place @ T().scale(RADIUS)}
        else:
            shape = {"type": "rectangle", "to_world": place @ T().rotate([1, 0, 0], -90) @ T().scale([*PLANE_HALF, 1])}
        shapes[f"thing{index}"] = shape | {"bsdf": surface_of(thing) or body(thing)}
    tree = mi.load_dict({"type": "scene", "integrator": {"type": "direct", "hide_emitters": True}} | shapes | emitters)
    picture = np.zeros((HEIGHT, WIDTH, 3))
    for index, thing in enumerate(scene):
        if surface_of(thing) is None:
            continue
        rows, columns = np.nonzero(owner == index)
        y, x, h, w = rows.min(), columns.min(), np.ptp(rows) + 1, np.ptp(columns) + 1
        # The smoother a sphere, the more its highlight changes within a pixel, and the noisier the mean of few samples.
        sensor = mi.load_dict({
            "type": "perspective", "fov": float(np.degrees(2 * np.arctan(WIDTH / 2 / FOCAL))), "fov_axis": "x",
            "to_world": T().look_at(origin=EYE.tolist(), target=TARGET.tolist(), up=[0, 1, 0]),
            "film": {
                "type": "hdrfilm", "width": WIDTH, "height": HEIGHT, "crop_offset_x": int(x), "crop_offset_y": int(y), "crop_width": int(w), "crop_height": int(h),
                "rfilter": {"type": "box"}, "pixel_format": "rgb"},
            "sampler": {"type": "multijitter", "sample_count": samples * (4 if thing["roughness"] < 0.3 else 1)}})
        picture[y:y + h, x:x + w] = np.array(mi.render(tree, sensor=sensor, seed=1))
    return picture


def referee(scene, emitters, samples, seen, light=None):
    """Gloss and body together; `light` is where it comes from, one direction or one a pixel, None for all sides."""
    owner, normal, _, d = seen
    picture = mitsuba(scene, emitters, samples, owner, gloss)
    lambert = mitsuba(scene, emitters, samples, owner, lambda thing: None if thing["metal"] else body(thing))
    for index, thing in enumerate(scene):
        if thing["metal"]:
            continue
        mask = owner == index
        mirrored, mean = mirrored_share(thing, -(normal[mask] * d[mask]).sum(-1))
        left = 1 - mirrored
        if light is not None:
            towards = np.broadcast_to(light, normal.shape)[mask]
            left *= (1 - mirrored_share(thing, (normal[mask] * towards).sum(-1))[0]) / (1 - mean)
        picture[mask] += lambert[mask] * left[:, None]
    return picture


def sky(surroundings):
    """Squall's columns run from x towards -z, Mitsuba's from -z towards x: the same turn the other way round, a quarter on."""
    columns = surroundings.shape[1]
    order = (columns // 4 - 1 - np.arange(columns)) % columns
    return {"type": "envmap", "bitmap": mi.Bitmap(np.ascontiguousarray(surroundings[:, order].astype(np.float32)))}


def geometry(scene):
    """Which thing each pixel's centre sees, its normal and place; silhouettes are -1."""
    right, up, back = camera_axes()
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
    d = right * ((x - WIDTH / 2) / FOCAL)[..., None] - up * ((y - HEIGHT / 2) / FOCAL)[..., None] - back
    d /= np.linalg.norm(d, axis=-1, keepdims=True)
    nearest, owner = np.full(x.shape, np.inf), np.full(x.shape, -1)
    normal = np.zeros(d.shape)
    for index, thing in enumerate(scene):
        t, n = intersect(thing, EYE, d)
        closer = t < nearest
        nearest, owner = np.where(closer, t, nearest), np.where(closer, index, owner)
        normal = np.where(closer[..., None], n, normal)
    inner = owner.copy()
    for dy in (-2, -1, 0, 1, 2):
        for dx in (-2, -1, 0, 1, 2):
            inner[np.roll(owner, (dy, dx), (0, 1)) != owner] = -1
    return inner, normal, EYE + d * np.where(np.isfinite(nearest), nearest, 0)[..., None], d


def intersect(thing, origin, d):
    o = origin - np.array(thing["at"])
    if thing["kind"] == "sphere":
        b, c = (o * d).sum(-1), (o * o).sum(-1) - RADIUS**2
        h = b * b - c
        t = -b - np.sqrt(np.maximum(h, 0))
        t = np.where((h > 0) & (t > 1e-3), t, np.inf)
        p = o + d * np.where(np.isfinite(t), t, 0)[..., None]
        return t, p / RADIUS
    o = np.broadcast_to(o, d.shape)
    t = -o[..., 1] / np.where(np.abs(d[..., 1]) > 1e-9, d[..., 1], 1e-9)
    p = o + d * t[..., None]
    hit = (t > 1e-3) & (np.abs(p[..., 0]) < PLANE_HALF[0]) & (np.abs(p[..., 2]) < PLANE_HALF[1])
    return np.where(hit, t, np.inf), np.broadcast_to(np.array((0.0, 1.0, 0.0)), d.shape)


def meets(scene, origin, d):
    return np.any([np.isfinite(intersect(thing, origin, d)[0]) for thing in scene], 0)


def table(title, ours, theirs, scene, lights, bar, seen, reflections=True):
    """Prints errors by thing where one of `lights` is in front (direct) or, without lights, everywhere."""
    owner, normal, place, d = seen
    usable, lit = owner >= 0, np.full(owner.shape, not lights)
    for light in lights:
        cosine = (normal * light).sum(-1)
        # Terminators and cast shadows are sampled differently by the two.
        usable &= (np.abs(cosine) > 0.1) & ~((cosine > 0) & meets(scene, place + normal * 1e-3, np.broadcast_to(light, d.shape)))
        lit |= cosine > 0
    usable &= lit
    mirrored = d - 2 * normal * (d * normal).sum(-1, keepdims=True)
    reflected = meets(scene, place + normal * 1e-3, mirrored)
    worst = 0
    print(f"\n{title} (bar {bar:.0%})")
    for index, thing in enumerate(scene):
        mask = usable & (owner == index)
        if reflections and thing["roughness"] < 0.6:
            mask &= ~reflected
        if mask.sum() < 50:
            continue
        a, b = ours[mask], theirs[mask]
        error, bias = np.abs(a - b).sum() / b.sum(), a.sum() / b.sum() - 1
        worst = max(worst, error)
        print(f"  {thing['name']:<22} {mask.sum():>6} px  error {error:6.1%}  bias {bias:+6.1%}{'' if error <= bar else '   ABOVE'}")
    return worst <= bar


def under_lamps(binary, scene, seen):
    """Both pictures of a moonless night, and the directions of the lamps from every place."""
    with tempfile.TemporaryDirectory() as temporary:
        ours, _, _ = squall(binary, pathlib.Path(temporary), scene, np.array((0.0, -1.0, 0.0)), 0.0, LAMPS)
    theirs, directions = 0, []
    for at, candela in LAMPS:
        towards = np.array(at) - seen[2]
        towards /= np.linalg.norm(towards, axis=-1, keepdims=True)
        lamp = {"lamp": {"type": "point", "position": at, "intensity": {"type": "rgb", "value": candela}}}
        theirs = theirs + referee(scene, lamp, 64, seen, towards)
        directions.append(towards)
    return ours, theirs, directions


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--squall", default=".build/release/squall")
    arguments.add_argument("--keep", type=pathlib.Path, help="directory for the pictures of both, as NumPy arrays")
    arguments.add_argument("--samples", type=int, default=64, help="of the sky per pixel; their own noise counts as error")
    arguments.add_argument("--only", choices=["sky", "lamps"], help="leave the other out")
    options = arguments.parse_args()
    binary = str(pathlib.Path(options.squall).resolve())
    scene, passed = things(), True
    seen = geometry(scene)
    sun = np.array((0.45, 0.6, 0.66))
    sun /= np.linalg.norm(sun)
    for name, cover in (() if options.only == "lamps" else (("clear", 0.0), ("overcast", 1.0))):
        with tempfile.TemporaryDirectory() as temporary:
            ours, surroundings, light = squall(binary, pathlib.Path(temporary), scene, sun, cover)
        towards, lux = np.array(light["sun_direction"]), light["sun_illuminance"]
        emitters = {"sky": sky(surroundings)}
        ambient = referee(scene, emitters, options.samples, seen)
        if max(lux) < 1:
            theirs = ambient
            passed &= table("overcast sky", ours, theirs, scene, [], AMBIENT_BAR, seen)
        else:
            beam = {"sun": {"type": "directional", "direction": (-towards).tolist(), "irradiance": {"type": "rgb", "value": lux}}}
            theirs = ambient + referee(scene, beam, 64, seen, towards)
            passed &= table("sun and sky, where the sun shines", ours, theirs, scene, [towards], DIRECT_BAR, seen)
            away = (seen[1] * towards).sum(-1) < -0.05
            shade = (np.where(away, seen[0], -1), *seen[1:])
            passed &= table("clear sky, in the shade", ours, theirs, scene, [], AMBIENT_BAR, shade)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            np.save(options.keep / f"{name}_squall.npy", ours)
            np.save(options.keep / f"{name}_mitsuba.npy", theirs)
    if options.only != "sky":
        ours, theirs, directions = under_lamps(binary, scene, seen)
        # Lamps are points: no mirror shows another thing by their light but by a second reflection, which neither counts.
        passed &= table("two lamps", ours, theirs, scene, directions, DIRECT_BAR, seen, reflections=False)
        if options.keep:
            np.save(options.keep / "lamps_squall.npy", ours)
            np.save(options.keep / "lamps_mitsuba.npy", theirs)
    print("\nbeside the path tracer: " + ("every error below its bar" if passed else "errors above their bars"))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
