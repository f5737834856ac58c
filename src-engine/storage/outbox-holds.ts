import type { ReadTx } from './database.ts';
import { MESSAGE_COLUMNS, messageOf, type MessageRow, type RawMessage } from './messages.ts';

/** What is held for something that is over: it may go on. `isKilled`: the red button is pressed. */
export function freeable(tx: ReadTx, isKilled: boolean): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[number], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m
         left join gateways g on g.id = m.gateway_id
         left join message_templates t on t.id = m.template_id
        where m.state = 'held' and case m.reason
          when 'kill-switch' then not ?
          when 'gateway-paused' then g.paused_at is null and g.is_on and g.removed_at is null
          when 'first-run-to-self' then g.reached_owner_at is not null or g.removed_at is not null
          when 'template-paused' then t.is_paused is not 1
          else 0 end
        order by m.id`,
    )
    .all(isKilled ? 1 : 0)
    .map((row) => messageOf(row));
}

/** What waits to leave and could be stopped still; of one gateway, or of all. */
export function stoppable(tx: ReadTx, gatewayId: number | null): readonly MessageRow[] {
  return tx.sqlite
    .prepare<{ gatewayId: number | null }, RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m
        where m.state in ('scheduled', 'retry-wait') and (@gatewayId is null or m.gateway_id = @gatewayId)
        order by m.id`,
    )
    .all({ gatewayId })
    .map((row) => messageOf(row));
}

/** Reminders that wait for a person: a call to make, a letter to print, a chat to open. */
export function handedReminders(tx: ReadTx): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m
        where m.state = 'handed-to-user' and m.purpose = 'reminder' and m.customer_id is not null order by m.id`,
    )
    .all()
    .map((row) => messageOf(row));
}

/** Of one template, because the operator or the vendor takes its text no more. */
export function waitingOfTemplate(tx: ReadTx, templateId: number): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[number], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m
        where m.state in ('scheduled', 'retry-wait') and m.template_id = ? order by m.id`,
    )
    .all(templateId)
    .map((row) => messageOf(row));
}

/** How many messages of a gateway are held because of it. */
export function heldOf(tx: ReadTx, gatewayId: number): number {
  return Number(
    tx.sqlite
      .prepare(
        `select count(*) from messages where gateway_id = ? and state = 'held'
           and reason in ('gateway-paused', 'first-run-to-self')`,
      )
      .pluck()
      .get(gatewayId),
  );
}

/** Messages of a gateway that have not come to an end; they stand in the way of removing it. */
export function unfinishedOf(tx: ReadTx, gatewayId: number): readonly MessageRow[] {
  return tx.sqlite
    .prepare<[number], RawMessage>(
      `select ${MESSAGE_COLUMNS} from messages m where m.gateway_id = ?
          and m.state in ('awaiting-approval', 'scheduled', 'retry-wait', 'held')`,
    )
    .all(gatewayId)
    .map((row) => messageOf(row));
}
