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
}
