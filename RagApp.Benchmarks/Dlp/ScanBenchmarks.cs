using RagApp.Benchmarks.Texts;
using BenchmarkDotNet.Attributes;
using RagApp.Dlp;
using RagApp.Dlp.Text;

namespace RagApp.Benchmarks.Dlp;

/// <summary>
/// Scans a million characters of prose that contain as much confidential data as a bad document does. The baseline
/// reads every character once, which is the minimum cost of any scan.
/// </summary>
[MemoryDiagnoser]
public class ScanBenchmarks
{
    private const int Characters = 1_000_000;
    private static readonly string[] OnByDefault = ["payment-card", "us-ssn", "private-key", "api-token", "jwt", "iban"];

    private readonly Scanner _scanner = DlpCommand.CreateScanner();
    private string _text = "";

    [GlobalSetup]
    public void Setup()
    {
        var prose = new RandomText(seed: 7);
        var secrets = LabelledSet.Make(seed: 7);
        var text = new System.Text.StringBuilder(Characters + 1_000);
        for (var i = 0; text.Length < Characters; i++)
            text.AppendLine(prose.Passage()).AppendLine(secrets[i * 13 % secrets.Count].Text);
        _text = text.ToString(0, Characters);
    }

    [Benchmark(Baseline = true)]
    public int CountDigits()
    {
        var count = 0;
        foreach (var c in _text)
            count += char.IsAsciiDigit(c) ? 1 : 0;
        return count;
    }

    [Benchmark]
    public ScannedText Fold() => new([_text]);

    [Benchmark]
    public int ScanByDefault() => _scanner.Scan(new ScannedText([_text]), OnByDefault).Count;

    [Benchmark]
    public int ScanWithEverything() => _scanner.Scan(new ScannedText([_text]), _scanner.Detectors).Count;
}
