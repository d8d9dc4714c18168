using System.Collections.Frozen;
using RagApp.Dlp.Text;

namespace RagApp.Dlp;

/// <summary>Looks for confidential data with the detectors that a caller names.</summary>
public sealed class Scanner(IEnumerable<IDetector> detectors)
{
    private readonly FrozenDictionary<string, IDetector> _detectors = detectors.ToFrozenDictionary(detector => detector.Name, StringComparer.Ordinal);

    /// <summary>Names of all detectors.</summary>
    public IReadOnlyCollection<string> Detectors => _detectors.Keys;

    /// <summary>What the detectors find, detector by detector. Findings of two of them may overlap.</summary>
    /// <exception cref="KeyNotFoundException">There is no detector of such a name.</exception>
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
