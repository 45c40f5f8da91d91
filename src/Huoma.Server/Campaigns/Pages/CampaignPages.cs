using Huoma.Server.Visits.Pages;
using Microsoft.AspNetCore.Components;

namespace Huoma.Server.Campaigns.Pages;

/// <summary>Sends the participants' pages. They are about one person each, so nothing of them is kept.</summary>
internal sealed class CampaignPages(PageRenderer renderer)
{
    public async Task PosterAsync(HttpContext context, PosterView view)
    {
        var page = await renderer.RenderAsync<PosterPage>(new(StringComparer.Ordinal) { [nameof(PosterPage.View)] = view });

        // WeChat's script, on this page only, and only when there is a card for it.
        await (view.Card is { } card ? page with { Policy = page.Policy.Replace("script-src ", $"script-src {card.ScriptOrigin} ", StringComparison.Ordinal) } : page)
            .SendAsync(context, StatusCodes.Status200OK);
    }

    public Task AskTokenAsync(HttpContext context, string key, string name, string? error = null, string? typed = null) => SendAsync<AskTokenPage>(
        context, StatusCodes.Status200OK, (nameof(AskTokenPage.Key), key), (nameof(AskTokenPage.Name), name), (nameof(AskTokenPage.Error), error), (nameof(AskTokenPage.Typed), typed));

    public Task ProgressAsync(HttpContext context, ProgressView view) => SendAsync<ProgressPage>(context, StatusCodes.Status200OK, (nameof(ProgressPage.View), view));

    public Task RewardAsync(HttpContext context, RewardView view) => SendAsync<RewardPage>(context, StatusCodes.Status200OK, (nameof(RewardPage.View), view));

    public Task PrivacyAsync(HttpContext context, PrivacyView view) => SendAsync<PrivacyPage>(context, StatusCodes.Status200OK, (nameof(PrivacyPage.View), view));

    /// <param name="key">With a way to the progress of this campaign; null: without.</param>
    public Task SayAsync(HttpContext context, int status, string state, string title, string text, string? key = null) => SendAsync<CampaignNotePage>(
        context, status, (nameof(CampaignNotePage.State), state), (nameof(CampaignNotePage.Title), title), (nameof(CampaignNotePage.Text), text), (nameof(CampaignNotePage.Key), key));

    public Task ThrottledAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "600";
        return SayAsync(context, StatusCodes.Status429TooManyRequests, "throttled", CampaignTexts.Throttled, "约 10 分钟后可以继续");
    }

    private async Task SendAsync<TPage>(HttpContext context, int status, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        var page = await renderer.RenderAsync<TPage>(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal));
        await page.SendAsync(context, status);
    }
}
