namespace RagApp.Gateway.Answers;

/// <summary>Answers a question from the given passages only.</summary>
internal interface IAnswerer
{
    /// <summary>Streams the answer's events; <see cref="AnswerEvent.Done"/> is the last one.</summary>
    IAsyncEnumerable<AnswerEvent> AnswerAsync(Question question, CancellationToken cancellationToken);
}
