using System.Security.Cryptography;
using System.Text;
using RagApp.Contracts.Confidential;
using RagApp.Dlp;
using RagApp.Dlp.Streams;

namespace RagApp.Gateway.Redacting;

/// <summary>Hides confidential data in the texts of one response, and counts what it hides.</summary>
internal sealed class Redactor(
    IReadOnlyDictionary<string, RedactionAction> actions, IReadOnlyList<IDetector> detectors, Lazy<byte[]> hashKey, Telemetry telemetry) : IReplacement
{
    private const int HashBytes = 6;

    /// <summary>Different pieces of data; the values are in memory only, to count equal ones once.</summary>
    private readonly HashSet<(string Kind, string Value)> _found = [];

    public IReadOnlyList<IDetector> Detectors => detectors;

    /// <summary>True once something was found for which the policy withholds the whole answer.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Kinds of data hidden so far, with their counts.</summary>
    public IReadOnlyList<HiddenData> Hidden =>
    [
        .. _found.GroupBy(found => found.Kind, StringComparer.Ordinal)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => new HiddenData(kind.Key, actions[kind.Key], kind.Count())),
    ];

    /// <summary>The text with its confidential data hidden.</summary>
    public string Hide(string text) => TextInTheMaking.Whole(text, this);

    /// <inheritdoc cref="Hide"/>
    public string? HideIn(string? text) => text is null ? null : Hide(text);

    /// <summary>Starts a text that arrives in pieces.</summary>
    public TextInTheMaking Start() => new(this);

    public int RankOf(string detector) => (int)actions[detector];

    public string Replace(string detector, ReadOnlySpan<char> found)
    {
        var value = Normalize(detector, found);
        if (_found.Add((detector, value)))
            telemetry.Hidden(detector, actions[detector]);
        IsBlocked |= actions[detector] == RedactionAction.Block;
        var mark = Redaction.MarkFor(detector);
        return actions[detector] == RedactionAction.Hash ? $"{mark[..^1]} {HashOf(value)}]" : mark;
    }

    private string HashOf(string value) => Convert.ToHexStringLower(HMACSHA256.HashData(hashKey.Value, Encoding.UTF8.GetBytes(value)).AsSpan(0, HashBytes));

    /// <summary>Notations of one number are equal; so are addresses in capital letters.</summary>
    private static string Normalize(string detector, ReadOnlySpan<char> found)
    {
        if (detector == "email")
            return found.ToString().ToLowerInvariant();
        var value = new StringBuilder(found.Length);
        foreach (var c in found)
        {
            if (char.IsLetterOrDigit(c) || (detector == "phone" && c == '+'))
                value.Append(detector == "iban" ? char.ToUpperInvariant(c) : c);
        }
        return value.ToString();
    }
}
