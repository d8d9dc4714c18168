using RagApp.Gateway.Answers;
using RagApp.Gateway.Audit;
using RagApp.Gateway.Authentication;
using RagApp.Gateway.Authentication.Keys;
using RagApp.Gateway.Authentication.SignIn;
using RagApp.Gateway.Documents;
using RagApp.Gateway.Draining;
using RagApp.Gateway.Limits;
using RagApp.Gateway.LocalModels;
using RagApp.Gateway.OpenAI;
using RagApp.Gateway.Reference;
using RagApp.Gateway.Search;
using RagApp.Gateway.Usage;
using RagApp.Gateway.Web;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Health;

namespace RagApp.Gateway;

/// <summary>The public API; the only service that people can reach.</summary>
public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync();

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddServiceDefaults();
        builder.WebHost.UseRequestLimits();
        builder.Services.AddDrain();
        builder.AddCallers();
        builder.Services.AddLimits();
        builder.Services.AddEmbeddingClient();
        builder.Services.AddSearchClient();
        builder.Services.AddDocuments();
        builder.AddUsage();
        builder.AddAnswers();
        builder.Services.AddLocalModels();
        builder.Services.AddOpenAIApi();
        builder.Services.AddRequestAudit();
        builder.Services.AddReference();
        builder.Services.AddServiceHealthCheck("document-ingestion").AddServiceHealthCheck("embedding")
            .AddServiceHealthCheck("query-router", FirstAnswer.RunAsync);

        var app = builder.Build();
        app.UseTrustedProxies();
        app.UseSecurityHeaders();
        app.MapServiceDefaults();
        app.UseDrain();
        app.UseAllowedHosts();
        app.UseWebPage();
        app.UseLimitedAuthentication();
        app.UseAuthorization();
        app.UseKeyScopes();
        app.MapPeople();
        app.MapPageSignIn();
        app.MapAdmin();
        app.MapAudit();
        app.MapDocuments();
        app.MapSearch();
        app.MapGlossary();
        app.MapAnswers();
        app.MapModels();
        app.MapOpenAI();
        app.MapUsage();
        app.MapReference();
        return app;
    }
}
