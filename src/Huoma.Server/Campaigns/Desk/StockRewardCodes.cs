using System.Text;
using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Rewards;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>上传福利码: a CSV or text file in UTF-8, a code a line, in its first column. New codes take back that the campaign ended without any.</summary>
internal static class StockRewardCodes
{
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="Added">How many were new.</param>
    /// <param name="Repeated">How many were there already, or twice in the file.</param>
    public sealed record Response(int Added, int Repeated, long Total);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CampaignId id, IFormFile file, HuomaDb db, RewardStore rewards, CancellationToken ct)
    {
        if (await db.Campaigns.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } campaign)
        {
            return Problems.NotFound();
        }

        if (campaign.RewardKind != RewardKind.Codes)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "campaign.no-codes", "这个任务的福利不是福利码，请先在设置里改为福利码");
        }

        if (await ReadAsync(file, ct) is not { } codes)
        {
            return Problems.Invalid("file", "无法读取，请另存为 UTF-8 编码的 CSV 后再上传");
        }

        var distinct = codes.Distinct(StringComparer.Ordinal).ToList();
        var present = await rewards.CountAsync(id, ct);
        if (distinct.Count == 0 || distinct.Exists(code => code.Length > RewardCode.MaxLength) || present + distinct.Count > RewardCode.MaxPerCampaign)
        {
            return Problems.Invalid("file", distinct.Count == 0 ? "文件里没有福利码" : $"每个福利码不能超过 {RewardCode.MaxLength} 个字，一个任务最多 {RewardCode.MaxPerCampaign} 个");
        }

        var added = await rewards.StockAsync(campaign, distinct, ct);
        if (added > 0)
        {
            campaign.Restocks();
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(new Response(added, codes.Count - added, present + added));
    }

    /// <summary>Null when it is no text.</summary>
    private static async Task<List<string>?> ReadAsync(IFormFile file, CancellationToken ct)
    {
        if (file.Length > MaxBytes)
        {
            return null;
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        try
        {
            var text = Strict.GetString(content.ToArray()).TrimStart('\uFEFF');
            return [.. text.Split('\n').Select(line => line.Split(',', '\t')[0].Trim().Trim('"').Trim()).Where(code => code.Length > 0 && code is not ("福利码" or "code"))];
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
