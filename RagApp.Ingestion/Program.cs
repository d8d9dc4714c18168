using RagApp.Ingestion.Parsing.Child;

namespace RagApp.Ingestion;

/// <summary>The service that takes documents in, and the verb <c>parse</c>, which reads one in a process of its own.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [ParseCommand.Verb, .. var rest])
            return ParseCommand.Run(rest);

        await Build(args).RunAsync();
        return 0;
    }

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        return builder.Build();
    }
}
