"""Runs the llvmpipe referee and `squall render-gltf` by turns and prints the ratio of their CPU times per frame.

usage: bench_referee.py PAIRS, in the folder of a checkout with a release build.
Both draw the same twenty poses of the bench street five times after three to warm up: colour, depth, instance and flow
(at four samples the referee does not resolve its flow, which spares it a little).
"""
import json
import os
import statistics
import subprocess
import sys

DATA = "Scripts/bench-data"
MOST_WRONG_IDS = 100
# What is drawn, the most of llvmpipe's CPU time it may take, the referee's switches, ours, and the street.
RUNS = [
    ("flat light, 1 sample", 0.30, [], ["--shading", "referee", "--samples-per-pixel", "1"], "block.glb"),
    ("flat light, 4 samples", 0.20, ["--msaa", "4"], ["--shading", "referee", "--samples-per-pixel", "4"], "block.glb"),
    ("textures, shadows, sky light, 4 samples", 0.35, ["--msaa", "4", "--shadow", "1", "--tex", "1"], ["--shadows", "--samples-per-pixel", "4"], "block_tex.glb"),
]


def last_json(command, **keywords):
    lines = subprocess.run(command, check=True, capture_output=True, text=True, **keywords).stdout.strip().splitlines()
    return json.loads(lines[-1])


def referee(switches):
    return last_json([sys.executable, "bench_gl.py", "--flow", "1", *switches], cwd=DATA, env={**os.environ, "LP_NUM_THREADS": "0"})


def squall(switches, street):
    return last_json([".build/release/squall", "render-gltf", f"{DATA}/{street}", "--camera-path", f"{DATA}/camera_path.json", "--no-write", "--workers", "1", *switches])


def main(pairs):
    missed = 0
    for name, bar, theirs_with, ours_with, street in RUNS:
        ratios, wrong = [], 0
        for pair in range(pairs):
            theirs, ours = referee(theirs_with), squall(ours_with, street)
            ratios.append(ours["cpu_ms"] / theirs["cpu_ms"])
            wrong = max(wrong, ours["id_differences"])
            print(f"{name}, pair {pair + 1}: squall {ours['cpu_ms']:.1f} ms, llvmpipe {theirs['cpu_ms']:.1f} ms, ratio {ratios[-1]:.3f}; "
                  f"{ours['id_differences']} ids differ from rays; others used {theirs['others_cores']:.2f} cores", flush=True)
        median = statistics.median(ratios)
        held = median <= bar and wrong < MOST_WRONG_IDS
        missed += not held
        verdict = "holds" if held else "misses"
        print(f"{name}: median ratio {median:.3f} of {min(ratios):.3f} to {max(ratios):.3f}, bar {bar:.2f}, {wrong} ids wrong: {verdict}")
    return missed


sys.exit(1 if main(int(sys.argv[1])) else 0)
