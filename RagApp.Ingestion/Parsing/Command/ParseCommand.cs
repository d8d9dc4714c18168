using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RagApp.Parsing;

namespace RagApp.Ingestion.Parsing.Command;

/// <summary>
/// The verb <c>parse</c>, for people. Reads one file in a parser child exactly as the service does, so that the exit
/// code is right even when the file crashes the child.
/// </summary>
internal static class ParseCommand
{
    public const string Verb = "parse";

    public static Task<int> RunAsync(string[] args) => CommandLine.RunAsync(ParseArguments.CreateVerb(Verb, RunAsync), args);

    private static async Task<int> RunAsync(ParseArguments arguments)
    {
        try
        {
            return await ReadAsync(arguments);
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

    private static async Task<int> ReadAsync(ParseArguments arguments)
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

    /// <summary>Prints the result as JSON. Characters that are only dangerous in HTML are not escaped.</summary>
    private static void PrintJson(ParseResult result)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        JsonSerializer.Serialize(writer, result, ParsingJson.Default.ParseResult);
    }

    private static async Task<int> FailAsync(string error)
    {
        await Console.Error.WriteLineAsync(error);
        return CommandLine.UsageError;
    }
}
