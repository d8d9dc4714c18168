using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Feed;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Child;
using RagApp.Ingestion.Processing;
using RagApp.Ingestion.Samples;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;
using RagApp.Storage.Queue;

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
        builder.AddServiceDefaults();
        builder.Services
            .AddInternalIdentity()
            .AddDocumentStore()
            .AddDocumentAudit()
            .AddChunkIndexWriter()
            .AddJobQueue()
            .AddParsing()
            .AddProcessing()
            .AddDocumentFeed()
            .AddIntake();
        builder.AddSamples();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapDocuments();
        app.MapDocumentFeed();
        return app;
    }
}
