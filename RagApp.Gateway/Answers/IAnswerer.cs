namespace RagApp.Gateway.Answers;

/// <summary>Answers a question from the given passages only.</summary>
internal interface IAnswerer
{
    /// <summary>Text of an answer when no passage answers the question.</summary>
    const string NotFound = "Not found in your documents.";

    /// <summary>Streams the answer's events; <see cref="AnswerEvent.Done"/> is the last one.</summary>
    IAsyncEnumerable<AnswerEvent> AnswerAsync(Question question, CancellationToken cancellationToken);
}
