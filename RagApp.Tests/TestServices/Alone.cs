using Xunit;

namespace RagApp.Tests.TestServices;

/// <summary>For tests that measure the whole test process: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
