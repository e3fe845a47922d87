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
BARS = {1: 0.30, 4: 0.20}
MOST_WRONG_IDS = 100


def last_json(command, **keywords):
    lines = subprocess.run(command, check=True, capture_output=True, text=True, **keywords).stdout.strip().splitlines()
    return json.loads(lines[-1])


def referee(samples):
    extra = ["--msaa", "4"] if samples == 4 else []
    return last_json([sys.executable, "bench_gl.py", "--flow", "1", *extra], cwd=DATA, env={**os.environ, "LP_NUM_THREADS": "0"})


def squall(samples):
    return last_json([
        ".build/release/squall", "render-gltf", f"{DATA}/block.glb", "--camera-path", f"{DATA}/camera_path.json", "--no-write",
        "--shading", "referee", "--workers", "1", "--samples-per-pixel", str(samples)])


def main(pairs):
    missed = 0
    for samples, bar in BARS.items():
        ratios, wrong = [], 0
        for pair in range(pairs):
            theirs, ours = referee(samples), squall(samples)
            ratios.append(ours["cpu_ms"] / theirs["cpu_ms"])
            wrong = max(wrong, ours["id_differences"])
            print(f"{samples} sample(s), pair {pair + 1}: squall {ours['cpu_ms']:.1f} ms, llvmpipe {theirs['cpu_ms']:.1f} ms, ratio {ratios[-1]:.3f}; "
                  f"{ours['id_differences']} ids differ from rays; others used {theirs['others_cores']:.2f} cores", flush=True)
        median = statistics.median(ratios)
        held = median <= bar and wrong < MOST_WRONG_IDS
        missed += not held
        verdict = "holds" if held else "misses"
        print(f"{samples} sample(s): median ratio {median:.3f} of {min(ratios):.3f} to {max(ratios):.3f}, bar {bar:.2f}, {wrong} ids wrong: {verdict}")
    return missed


sys.exit(1 if main(int(sys.argv[1])) else 0)
