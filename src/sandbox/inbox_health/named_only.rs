//! Lists of which no more than the name is known, and what is made by name alone.

use super::plain;
use crate::sandbox::Handlers;
use crate::sandbox::call::Call;
use crate::sandbox::record::Record;
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;

pub const HANDLERS: Handlers = &[
    ("accountTypesCreate", create),
    ("apiIntegrationsListByEnterprise", plain::list_under),
    ("appointmentTemplatesListByEnterprise", plain::list_under),
    ("billingCycleTemplatesListByEnterprise", plain::list_under),
    ("cardReadersListByEnterprise", plain::list_under),
    ("depositAccountsListByEnterprise", plain::list_under),
    ("enterpriseInvoicesListByEnterprise", plain::list_under),
    ("enterprisePaymentInfosListByEnterprise", plain::list_under),
    ("enterprisePaymentsListByEnterprise", plain::list_under),
    ("notificationsListByInvoice", plain::list_under),
    ("notificationsListByPatient", plain::list_under),
    ("patientPaymentInfosListByPatient", plain::list_under),
    ("practiceUsersListByPractice", plain::list_under),
    ("shiftsListByDoctor", plain::list_under),
    ("ticketsListByPatient", plain::list_under),
    ("transfersListByEnterprise", plain::list_under),
];

/// Keeps whatever is sent.
fn create(state: &mut State, call: &Call) -> Result<Reply, Reply> {
    plain::create(state, call, Record::new())
}
