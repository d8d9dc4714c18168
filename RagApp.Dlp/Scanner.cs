using System.Collections.Frozen;
using RagApp.Dlp.Text;

namespace RagApp.Dlp;

/// <summary>Finds confidential data with the detectors that the caller names.</summary>
public sealed class Scanner(IEnumerable<IDetector> detectors)
{
    private readonly FrozenDictionary<string, IDetector> _detectors = detectors.ToFrozenDictionary(detector => detector.Name, StringComparer.Ordinal);

    /// <summary>Names of all detectors.</summary>
    public IReadOnlyCollection<string> Detectors => _detectors.Keys;

    /// <summary>Returns the findings, one detector after the other. Findings of two detectors may overlap.</summary>
    /// <exception cref="KeyNotFoundException">No detector has one of the names.</exception>
    public IReadOnlyList<Finding> Scan(ScannedText text, IEnumerable<string> detectorNames, CancellationToken cancellationToken = default)
    {
        var findings = new List<Finding>();
        var spans = new List<TextSpan>();
        foreach (var name in detectorNames)
        {
            spans.Clear();
            _detectors[name].Find(text.Folded, spans, cancellationToken);
            findings.AddRange(spans.Select(span => new Finding(name, span)));
        }
        return findings;
    }
}
