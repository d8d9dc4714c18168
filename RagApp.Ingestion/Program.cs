using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Feed;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Command;
using RagApp.Ingestion.Processing;
using RagApp.Ingestion.Samples;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage;
using RagApp.Storage.Documents;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion;

/// <summary>
/// The service that accepts documents, and its verbs: <c>parse</c> prints the text of a file, <c>maintenance</c> runs
/// an operator's tasks in the running service.
/// </summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [ParseCommand.Verb, .. var rest])
            return await ParseCommand.RunAsync(rest);
        if (args is [MaintenanceCommand.Verb, .. var verb])
            return await MaintenanceCommand.RunAsync(verb, MaintenanceVerbs.All, Build);

        await Build(args).RunServiceAsync();
        return 0;
    }

    internal static WebApplication Build(string[] args) => Build(args, change: _ => { });

    /// <param name="args">The command line.</param>
    /// <param name="change">Changes the registered services at the end; tests replace stores by failing ones.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection> change)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddRedisClient("redis");
        builder.AddQdrantServer();
        builder.Services
            .AddMaintenance(MaintenanceVerbs.All)
            .AddInternalIdentity()
            .AddDocumentStore()
            .AddDocumentAudit()
            .AddChunkIndexWriter()
            .AddJobQueue()
            .AddParsing()
            .AddDlpPolicies()
            .AddDocumentCatalogue()
            .AddProcessing()
            .AddDocumentFeed()
            .AddMaintenanceWork()
            .AddIntake();
        builder.AddSamples();
        change(builder.Services);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapDocuments();
        app.MapDocumentFeed();
        return app;
    }
}
