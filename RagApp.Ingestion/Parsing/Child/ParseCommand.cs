using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.Isolation;
using RagApp.Ingestion.Parsing.Members;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>
/// The verb <c>parse</c>. For people it starts a child and reads one file with it, exactly as the service does, so that
/// its exit code is true whatever the file does; with <c>--child</c> or <c>--members</c> it is that child, which bounds
/// itself before it opens a file.
/// </summary>
internal static class ParseCommand
{
    public const string Verb = "parse";

    private const int UsageError = 64;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await Console.Out.WriteLineAsync(ParseArguments.Help);
            return 0;
        }
        if (ParseArguments.Read(args, out var error) is not { } arguments)
            return await FailAsync(error);
        if (arguments is { IsChild: true } or { Members: true })
            return RunChild(arguments);
        try
        {
            return await SuperviseAsync(arguments);
        }
        catch (HttpRequestException exception)
        {
            return await FailAsync($"The server that reads old Office documents does not work: {exception.Message}");
        }
        catch (OptionsValidationException exception)
        {
            return await FailAsync(string.Join('\n', exception.Failures));
        }
    }

    private static int RunChild(ParseArguments arguments)
    {
        var options = new ParserOptions();
        arguments.ApplyTo(options);
        ProcessLimits.Apply(options.Bounds);
        if (OperatingSystem.IsLinux())
            LinuxCalls.TryHide();
        if (!arguments.Members)
        {
            using var loop = new ChildLoop(options);
            return loop.Run();
        }
        ParentWatch.Start();
        ProcessLimits.BeginDocument(options.Bounds.Usual);
        return PrintMembers(arguments.File);
    }

    private static async Task<int> SuperviseAsync(ParseArguments arguments)
    {
        await using var services = Services(arguments);
        var result = File.Exists(arguments.File)
            ? await ParseAsync(services.GetRequiredService<ChildProcessParser>(), arguments)
            : ParseResult.Without(ParseOutcome.Refused, "There is no such file.");
        if (arguments.Json)
            PrintJson(result);
        else
            ResultPrinter.Print(result);
        return (int)result.Outcome;
    }

    private static async Task<ParseResult> ParseAsync(ChildProcessParser parser, ParseArguments arguments)
    {
        await using var file = File.OpenRead(arguments.File);
        return await parser.ParseAsync(tenant: "", file, Path.GetFileName(arguments.File), arguments.WithMembers, CancellationToken.None);
    }

    private static ServiceProvider Services(ParseArguments arguments)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddParsing();
        services.PostConfigure<ParserOptions>(arguments.ApplyTo);
        return services.BuildServiceProvider();
    }

    private static int PrintMembers(string path)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput(), 128 * 1024);
        var frames = new MemberFrameWriter(output);
        var result = ChildReader.Read(path, file => FileReader.Read(file, Path.GetFileName(path), frames));
        frames.End(result with { Blocks = [] });
        return (int)result.Outcome;
    }

    /// <summary>Not escaped beyond what JSON needs: it goes into a pipe, not into a page.</summary>
    private static void PrintJson(ParseResult result)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        JsonSerializer.Serialize(writer, result, ParsingJson.Default.ParseResult);
    }

    private static async Task<int> FailAsync(string error)
    {
        await Console.Error.WriteLineAsync($"{error}\n{ParseArguments.Help}");
        return UsageError;
    }
}
