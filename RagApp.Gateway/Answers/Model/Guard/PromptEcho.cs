using RagApp.Dlp;
using RagApp.Dlp.Text;

namespace RagApp.Gateway.Answers.Model.Guard;

/// <summary>Finds the model's instructions in its answer: their mark (<see cref="PromptMark"/>), or one of their sentences word for word.</summary>
internal sealed class PromptEcho : IDetector
{
    public const string DetectorName = "prompt-echo";

    /// <summary>Length from which a sentence is so particular that only the instructions have it.</summary>
    private const int ShortestSentence = 50;

    /// <summary>Length of the beginning of a sentence that is enough to recognize it.</summary>
    private const int Enough = 60;

    private readonly string[] _secrets;
    private readonly int _longest;

    /// <param name="instructions">Instructions that the model was given.</param>
    public PromptEcho(string instructions)
    {
        _secrets =
        [
            PromptMark.Value,
            .. instructions.Split('\n').SelectMany(line => line.Split(". "))
                .Select(sentence => sentence.Trim(' ', '-', '.'))
                .Where(sentence => sentence.Length >= ShortestSentence && !sentence.Contains(PromptMark.Value, StringComparison.Ordinal))
                .Select(sentence => sentence[..Math.Min(Enough, sentence.Length)]),
        ];
        _longest = _secrets.Max(secret => secret.Length);
    }

    public string Name => DetectorName;

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        var first = -1;
        var length = 0;
        foreach (var secret in _secrets)
        {
            var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (first < 0 || at < first))
                (first, length) = (at, secret.Length);
        }
        if (first >= 0)
            found.Add(new TextSpan(first, first + length)); // one is enough to withhold the answer
    }

    public int OpenFrom(ReadOnlySpan<char> text)
    {
        for (var start = Math.Max(0, text.Length - _longest + 1); start < text.Length; start++)
        {
            foreach (var secret in _secrets)
            {
                if (secret.AsSpan().StartsWith(text[start..], StringComparison.OrdinalIgnoreCase))
                    return start;
            }
        }
        return text.Length;
    }
}
