using RagApp.Embedding.Api;
using RagApp.Embedding.Provider;
using RagApp.Embedding.Reading;
using RagApp.Embedding.Rerank;
using RagApp.Models;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Embedding;

/// <summary>
/// The embedding service: turns texts into vectors with embedded models and with providers' models, reads passages for the answer to
/// a question, and reranks documents with a provider's model.
/// </summary>
public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync();

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.Services.AddInternalIdentity();
        builder.Services.AddEmbeddings();
        var callsProviders = builder.AddEmbeddingModels();
        builder.AddReading();
        callsProviders |= builder.AddReranker();
        if (callsProviders)
            builder.AddUsage();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapEmbeddings();
        app.MapReading();
        app.MapRerank();
        return app;
    }
}
