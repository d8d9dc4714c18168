using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Dlp;
using RagApp.Dlp.Streams;

namespace RagApp.Benchmarks.Dlp;

/// <summary>Redaction of an answer of 2,400 characters that arrives in 600 pieces, as a model sends it; the baseline joins the pieces.</summary>
[MemoryDiagnoser]
public class StreamBenchmarks
{
    private const int Piece = 4;

    private readonly string[] _pieces = [.. string.Concat(Enumerable.Repeat(
        "Employees have 30 days of paid leave per year [1], and the form is in room 4.17. Ask anna@example.org or call +1 415-555-2671 before 2026-01-31 (see 3.2). ", 16))
        .Chunk(Piece).Select(chunk => new string(chunk))];

    private Masks _all = null!;
    private Masks _default = null!;

    [GlobalSetup]
    public void Setup()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddDetectors();
        var detectors = services.BuildServiceProvider().GetServices<IDetector>().ToList();
        _all = new Masks(detectors);
        _default = new Masks([.. detectors.Where(detector => detector.Name is not ("email" or "phone" or "iban"))]);
    }

    [Benchmark(Baseline = true)]
    public int Join()
    {
        var text = new StringBuilder();
        foreach (var piece in _pieces)
            text.Append(piece);
        return text.Length;
    }

    [Benchmark]
    public int DefaultPolicy() => Redact(_default);

    [Benchmark]
    public int AllDetectors() => Redact(_all);

    private int Redact(Masks masks)
    {
        var making = new TextInTheMaking(masks);
        var text = new StringBuilder();
        foreach (var piece in _pieces)
            text.Append(making.Add(piece));
        return text.Append(making.Finish()).Length;
    }

    private sealed class Masks(IReadOnlyList<IDetector> detectors) : IReplacement
    {
        public IReadOnlyList<IDetector> Detectors => detectors;

        public int RankOf(string detector) => 0;

        public string Replace(string detector, ReadOnlySpan<char> found) => Redaction.MarkFor(detector);
    }
}
