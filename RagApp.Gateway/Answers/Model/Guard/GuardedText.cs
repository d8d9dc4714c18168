using RagApp.Dlp.Streams;

namespace RagApp.Gateway.Answers.Model.Guard;

/// <summary>The text of a model as it comes, checked by <see cref="AnswerGuard"/>. After an echo of the instructions there is no more text.</summary>
internal sealed class GuardedText(AnswerGuard guard)
{
    private readonly TextInTheMaking _text = new(guard);

    /// <inheritdoc cref="AnswerGuard.HasEcho"/>
    public bool HasEcho => guard.HasEcho;

    /// <inheritdoc cref="AnswerGuard.RemovedAddresses"/>
    public int RemovedAddresses => guard.RemovedAddresses;

    public static GuardedText Of(PackedPrompt prompt) => new(new AnswerGuard(prompt.Messages[0].Text, prompt.Passages));

    /// <summary>Takes the next piece, and returns what may be used.</summary>
    public string Add(string piece)
    {
        var text = _text.Add(piece);
        return HasEcho ? "" : text;
    }

    /// <summary>Returns the rest, since the model has ended.</summary>
    public string Finish()
    {
        var text = _text.Finish();
        return HasEcho ? "" : text;
    }
}
