namespace RagApp.Gateway.Answers;

/// <summary>Answers a question from passages, and from nothing else.</summary>
internal interface IAnswerer
{
    /// <summary>What is said when no passage answers.</summary>
    const string NotFound = "Not found in your documents.";

    /// <summary>Streams the answer; <see cref="AnswerEvent.Done"/> is the last event.</summary>
    IAsyncEnumerable<AnswerEvent> AnswerAsync(Question question, CancellationToken cancellationToken);
}
