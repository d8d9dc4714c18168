using RagApp.Cache.Server;
using RagApp.ServiceDefaults;

namespace RagApp.Cache;

/// <summary>Runs Garnet as a replacement for Redis, for machines without containers.</summary>
public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync();

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.Services.AddCacheServer();

        var app = builder.Build();
        app.MapServiceDefaults();
        return app;
    }
}
