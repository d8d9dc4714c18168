using RagApp.Dlp.Text;

namespace RagApp.Dlp;

/// <summary>Finds one kind of confidential data. Reads the text once or a bounded number of times.</summary>
public interface IDetector
{
    /// <summary>Name in lower case, with hyphens between words: <c>payment-card</c>.</summary>
    string Name { get; }

    /// <summary>Adds the findings to <paramref name="found"/>, left to right, without overlaps.</summary>
    /// <param name="text">The text, folded as <see cref="ScannedText"/> describes.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken);

    /// <summary>
    /// The position from which more text behind the end may add, change or remove a finding; the end of the text when it may not. Findings that begin before
    /// it are the same whatever follows, so that a text in the making can be passed on up to there. May name an earlier position than necessary.
    /// </summary>
    /// <param name="text">The beginning of a text, folded as <see cref="ScannedText"/> describes.</param>
    int OpenFrom(ReadOnlySpan<char> text);
}
