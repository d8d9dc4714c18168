using RagApp.Embedding.Api;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Embedding;

/// <summary>The embedding service: texts to vectors, by embedded models and providers'.</summary>
public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync();

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.Services.AddInternalIdentity();
        builder.Services.AddEmbeddings();
        builder.AddEmbeddingModels();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapEmbeddings();
        return app;
    }
}
