using RagApp.Dlp.Text;

namespace RagApp.Dlp;

/// <summary>Finds one kind of confidential data. Reads its text once or a bounded number of times, whatever the text is.</summary>
public interface IDetector
{
    /// <summary>Lower case, words joined by hyphens: <c>payment-card</c>.</summary>
    string Name { get; }

    /// <summary>Adds what it finds, left to right, without overlaps.</summary>
    /// <param name="text">Folded as <see cref="ScannedText"/> says.</param>
    /// <exception cref="OperationCanceledException">It was stopped on the way.</exception>
    void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken);
}
