namespace RagApp.Tests.TestServices;

/// <summary>Collection of the tests that measure the whole test process; no other test runs at the same time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
