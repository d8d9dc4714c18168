namespace RagApp.Ingestion.Samples;

internal static class SamplesExtensions
{
    public static IHostApplicationBuilder AddSamples(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SampleUpload>();
        if (!builder.Environment.IsDevelopment())
            return builder;
        builder.Services.AddOptions<SamplesOptions>().BindConfiguration(SamplesOptions.Section);
        builder.Services.AddHostedService<SampleSeeder>();
        return builder;
    }
}
