namespace RagApp.Tests.Embedding;

/// <summary>Settings of a <see cref="BatchingUnderTest"/>'s generator; without another setting, texts do not wait for others.</summary>
internal sealed record BatchingSettings
{
    public int? BatchSize { get; init; }

    public int? BatchTokens { get; init; }

    public TimeSpan BatchWait { get; init; }

    public int Calls { get; init; } = 4;

    public int QueueCapacity { get; init; } = 100;
}
