using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing;

namespace RagApp.Tests.Ingestion;

/// <summary>The real parts that read documents, put together with settings of a test's own.</summary>
internal static class Parsers
{
    public static ParserLauncher Launcher(ParserOptions options) => new(Options.Create(options), NullLogger<ParserLauncher>.Instance);

    public static ParserPool Pool(ParserOptions options, TimeProvider? time = null) =>
        new(Launcher(options), Options.Create(options), time ?? TimeProvider.System);

    public static ChildProcessParser Parser(ParserPool pool, ParserOptions options) =>
        new(pool, Options.Create(options), TimeProvider.System, NullLogger<ChildProcessParser>.Instance);
}
